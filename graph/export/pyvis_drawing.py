"""A network as pyvis has it, with looks and evidence, and pyvis's page made safe and whole.

The page of pyvis fetches a library of styles from the web, takes headings, options and some
tooltips for markup, and cannot be written where the encoding is not UTF-8. Its template is mended
when it is loaded, so all that pyvis can do stays. Importing this module imports IPython, as pyvis
does; so it is imported late.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import jinja2
from pyvis.network import Network

from ..errors.counting import counted
from ..model import Bounds, Form, Statement, specs
from ..model.terms import spaced
from ..network import palette
from ..read import cited_claims, edge_in_words
from ..read.date_words import date_in_words
from .columns import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import networkx as nx

    from ..read.select import Graph

    Data = Mapping[str, Any]

_FROM_THE_WEB = re.compile(r'<link\s+href="https:[^>]*>|<script\s+src="https:[^>]*></script>')
_MENDED = {
    "<html>\n    <head>\n": """<!doctype html>
<html>
    <head>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
        <title>{{heading}}</title>
""",
    "<center>\n<h1>{{heading}}</h1>\n</center>\n": "",
    '<style type="text/css">\n': """<style type="text/css">
             .row { display: flex; gap: 0.5rem; }
             div.vis-tooltip { max-width: 40rem; white-space: pre-line; }
""",
    "{% if tooltip_link %}": "{% if false %}",
}
"""What is replaced in pyvis's template; the last shows titles as markup if one says ``href``."""

_TOLD = ("predicate", "status", "status_by_rule", "when", "when_text", *Bounds._fields)
_QUALIFIERS = {field.name: field.word for field in specs(Statement) if field.name not in _TOLD}
_DATES = {field.name for field in specs(Statement) if field.form in (Form.DAY, Form.EDTF)}


class OfflineNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network whose page is one file of ASCII that fetches nothing.

    Titles of nodes and lines are text and never markup. All else is pyvis's: change ``nodes`` and
    ``edges``, or call ``set_options``, ``show_buttons``, ``show`` and so on.

    Args:
        settings: as for ``pyvis.network.Network``; lines have directions unless ``directed`` is
            false, and ``cdn_resources`` has no effect.
    """

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 — those of pyvis
        super().__init__(**{"directed": True, **settings, "cdn_resources": "in_line"})
        self.templateEnv = jinja2.Environment(loader=_Mended(self.template_dir), autoescape=True)
        self.prep_notebook()

    def __repr__(self) -> str:
        edges = counted(len(self.edges), "edge")
        return f"<OfflineNetwork of {counted(len(self.nodes), 'node')}, {edges}>"

    def get_network_data(self) -> tuple[Any, ...]:
        """Return what pyvis gives to its template, with options that no parser takes for markup."""
        *found, options = super().get_network_data()
        return (*found, re.sub("[<>&]", lambda sign: f"\\u{ord(sign[0]):04x}", options))

    def generate_html(
        self, name: str = "index.html", local: bool = True, notebook: bool = False
    ) -> str:
        """Return the page; the arguments are pyvis's."""
        page: str = super().generate_html(name, local, notebook)
        self.html = page.encode("ascii", "xmlcharrefreplace").decode("ascii")
        return self.html


class _Mended(jinja2.FileSystemLoader):
    """Loads the template of pyvis, mended, and its scripts with characters of ASCII alone."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        if template == "template.html":
            for old, new in _MENDED.items():
                if old not in source:
                    raise ValueError(f"the template of pyvis has changed: it has no {old!r}")
                source = source.replace(old, new)
            source = _FROM_THE_WEB.sub("", source)
        return source.encode("ascii", "backslashreplace").decode("ascii"), path, fresh


def drawing(
    graph: Graph,
    network: nx.MultiDiGraph[str],
    *,
    places: Mapping[str, tuple[float, float]],
    sizes: Mapping[str, float],
    **settings: Any,  # noqa: ANN401 — those of pyvis
) -> OfflineNetwork:
    """Return a network as pyvis has it: looks of the palette, and who says so as titles.

    Args:
        graph: the judged graph, for the evidence.
        network: as ``graph.network.projection.network`` returns it.
        places: x and y of nodes by id; what has none is placed by pyvis's physics, which is off
            if all have one.
        sizes: sizes of nodes by id; by default they grow with the degree.
        settings: as for ``pyvis.network.Network``, such as ``height`` or ``select_menu``.

    Returns:
        Ids of nodes are ids of things, ids of lines those of the network's keys. Nodes have
        ``class``; lines have ``predicate``, ``family``, ``sign`` and ``status``, for menus.

    Raises:
        UsageError: a status is unknown; nothing is drawn as accepted by default.
    """
    made = OfflineNetwork(**settings)
    loose = not places.keys() >= set(network)
    for node in sorted(network):
        look = _node(network.nodes[node])
        look["size"] = sizes.get(node, palette.node_size(network.degree(node)))
        look["font"] = {"size": palette.label_size(network.degree(node))}
        look["font"] |= {"color": made.font_color} if made.font_color else {}
        if node in places:
            look["x"], look["y"] = places[node]
            look |= {"physics": False} if loose else {}
        made.node_map[node] = {"id": node, **look}
        made.node_ids.append(node)
        made.nodes.append(made.node_map[node])
    made.toggle_physics(loose)
    between = Counter(frozenset(ends) for ends in network.edges())
    nth: Counter[tuple[str, str]] = Counter()
    for edge in sorted(network.edges(keys=True)):
        source, target, key = edge
        nth[source, target] += 1
        curve = {"type": "curvedCW", "roundness": 0.1 * nth[source, target]}
        line = {"id": key, "from": source, "to": target, **_line(network.edges[edge])}
        line["smooth"] = curve if between[frozenset((source, target))] > 1 else False
        line["title"] = "\n".join(_evidence(graph, network, edge))
        made.edges.append(line | ({"arrows": "to"} if made.directed else {}))
    return made


def _node(data: Data) -> dict[str, Any]:
    style = palette.node_style(data.get("class"))
    about = (spaced(data.get("class", "")).strip(), data.get("identity"), data.get("note"))
    told = [data["label"], *filter(None, (as_text(data.get("names")), *about))]
    return {
        "label": data["label"],
        "shape": style.shape,
        "color": {"background": style.fill.light, "border": palette.INK.light},
        "title": "\n".join(told),
        "class": data.get("class", ""),
    }


def _line(data: Data) -> dict[str, Any]:
    style = palette.status_style(data["status"])
    band = {"background": {"enabled": True, "color": palette.BAND.light, "size": 8}}
    return {
        "color": {"color": palette.sign_style(data["sign"]).colour.light, "opacity": style.opacity},
        "dashes": list(style.dashes) or False,
        "width": style.width,
        **(band if style.band else {}),
        **{name: data[name] for name in ("predicate", "family", "sign", "status")},
    }


def _evidence(
    graph: Graph, network: nx.MultiDiGraph[str], edge: tuple[str, str, str]
) -> Iterator[str]:
    """Yield what a line says, when, and its status; who says so and where; what qualifies it."""
    source, target, key = edge
    data = network.edges[edge]
    yield edge_in_words(graph, data, *(network.nodes[end]["label"] for end in (source, target)))
    if "sentence" in data:
        yield f"{as_text(data['sources'])}#{data['sentence']}"
        return
    when = date_in_words(data.get("when", ""))
    yield "; ".join(filter(None, (data["status"], when, data.get("when_text"))))
    yield from map(str, cited_claims(graph, data.get("statement", key)))
    for name, word in _QUALIFIERS.items():
        if name in data:
            told = as_text(data[name])
            yield f"{word}: {date_in_words(told) if name in _DATES else told}"
