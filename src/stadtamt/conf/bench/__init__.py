"""Measuring and torturing the line: the same processes as ``stadtamt demo``, in a folder that is thrown away."""
