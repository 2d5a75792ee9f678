"""Build a case: ``hudna build`` from a clone. The recipe itself is ``graph/build/recipe.py``."""

import sys

if __name__ == "__main__":
    from graph.cli import main

    main(["build", *sys.argv[1:]])
