"""`python -m server` is `kezek`."""

from server.cli import main

if __name__ == "__main__":
    main()
