"""A report on a case: findings in plain words, each with its evidence and its uncertainty.

Every sentence is made from numbers of ``graph.analysis``; every number stands beside the command
that gives it again.
"""
