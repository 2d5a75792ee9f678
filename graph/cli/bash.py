"""Completion for bash, which takes ``NAME=VALUE`` apart."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from click.shell_completion import BashComplete, split_arg_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem


class BashWords(BashComplete):
    """Completion for bash, which takes ``NAME=VALUE`` apart at the sign of equality."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is begun, put together again, and that one."""
        words = split_arg_string(os.environ["COMP_WORDS"])[1 : int(os.environ["COMP_CWORD"])]
        begun = split_arg_string(os.environ["COMP_WORDS"])[int(os.environ["COMP_CWORD"]) :][:1]
        joined = _joined([*words, *begun])
        if not begun and words[-1:] != ["="]:
            joined.append("")
        self.apart = "=" in words[-1:] or begun == ["="]
        return joined[:-1], joined[-1]

    def format_completion(self, item: CompletionItem) -> str:
        """Return what takes the place of what bash takes for the word that is begun, quoted."""
        if self.apart:
            item.value = item.value.partition("=")[2]
        item.value = item.value.replace(" ", "\\\\ ")  # the shell's own read takes one away
        return super().format_completion(item)


def _joined(words: Sequence[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if found and (word == "=" or found[-1].endswith("=")):
            found[-1] += word
        else:
            found.append(word)
    return found
