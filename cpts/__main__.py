"""`python -m cpts` is the command `cpts`."""

from cpts.cli import main

if __name__ == "__main__":
    main()
