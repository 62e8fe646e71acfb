"""Frequent given names in Germany, enough to notice that first and last name were swapped."""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    achim adam adrian agnes ahmet aische albert alexander alexandra alfred ali alina alma amelie amir andrea andreas
    angela angelika anita anja anke anna anne annegret annemarie annette antje anton antonia arne arthur astrid aylin
    ayse barbara bastian beate ben benedikt benjamin bernd bernhard bettina bianca birgit birgitta björn boris brigitte
    britta bruno carina carl carla carmen carola caroline carolin carsten caspar cem charlotte chiara christa christel
    christian christiane christina christine christoph christopher clara claudia clemens cornelia dagmar daniel daniela
    david dennis detlef diana dieter dirk dominik dora doris dorothea eberhard eda edeltraud edith egon elena eleonore
    elfriede elias elif elisa elisabeth elke ella elli elsa elvira emil emilia emilie emily emma emre erich erik erika
    erna ernst erwin esra esther eva evelyn fabian fatima fatma felix ferdinand finn florian franz franziska frauke
    freya frieda friedrich fritz gabriel gabriele gabi georg gerd gerda gerhard gerlinde gertrud gisela gudrun günter
    günther gustav hakan halina hanna hannah hannelore hannes hans harald hartmut hasan heide heidi heike heiko
    heinrich heinz helena helene helga helmut hendrik henri henriette henry herbert hermann hilde hildegard hubert ida
    ilse inge ingeborg ingo ingrid irene iris irina irma isabel isabell isabella ivan jakob jan jana janina janine
    jasmin jennifer jens jessica joachim joanna jochen johann johanna johannes jonas jonathan jörg josef josefine joshua
    judith julia julian juliane jürgen justin jutta kai karin karl karla karoline karsten kathrin katharina katja
    katrin kemal kerstin kevin kilian kirsten klara klaus konrad konstantin kristin kristina kurt lara larissa lars
    laura lea leander lena lennart leo leon leonard leoni leonie levi lia liam lidia lilli lilly lina linda linus lisa
    lore lorenz lotte louis louisa luca lucas lucia ludwig luis luisa luise luka lukas lutz lydia magdalena maike maja
    malte mandy manfred manuel manuela marc marcel marco marcus mareike margarete margit margot maria marianne marie
    marina mario marion marius mark markus marlene marlies marta martha martin martina mathilda mathilde mats matteo
    matthias mattis maurice max maximilian maya mehmet melanie melina melissa merle mia michael michaela michelle mila
    milena mira miriam mohammed mona monika moritz murat mustafa nadine nadja natalie natascha nele nico nicola nicole
    niklas nils nina noah nora norbert oleg oliver olga oskar ole otto pascal patricia patrick paul paula pauline peter
    petra philip philipp pia rainer ralf ralph ramona raphael rebecca regina reinhard reinhold renate rene ricarda
    richard rita robert robin roland rolf roman ronja rosa rosemarie rudolf rüdiger ruth sabine sabrina samuel sandra
    sara sarah sascha saskia sebastian selina selma siegfried sigrid silke silvia simon simone sina sofia sofie sonja
    sophia sophie stefan stefanie steffen stella stephan susanne sven svenja sylvia tanja tatjana thea theo theodor
    theresa therese thomas thorsten till tilo tim timo tina tobias tom torsten udo ulf uli ulla ulrich ulrike ursula
    ute uwe valentin valentina vanessa vera verena veronika victoria viktor viktoria vincent vladimir volker waltraud
    walter werner wiebke wilfried wilhelm willi wolfgang xaver yannick yasemin yasmin yusuf yvonne zoe
    """.split()
)
