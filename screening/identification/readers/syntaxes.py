"""Every text format and its reader."""

from collections.abc import Callable, Iterator

from screening.identification.readers.bibtex import read_bibtex
from screening.identification.readers.context import Context, Found
from screening.identification.readers.json_entries import read_json
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.tables.html_tables import read_html
from screening.identification.readers.tables.text_tables import read_table
from screening.identification.readers.tagged.cochrane import read_cochrane
from screening.identification.readers.tagged.endnote_tagged import read_endnote_tagged
from screening.identification.readers.tagged.labelled import read_labelled
from screening.identification.readers.tagged.medline import read_medline
from screening.identification.readers.tagged.noteexpress import read_noteexpress
from screening.identification.readers.tagged.ovid import read_ovid
from screening.identification.readers.tagged.pubmed_text import read_pubmed_text
from screening.identification.readers.tagged.refworks import read_refworks
from screening.identification.readers.tagged.ris import read_ris
from screening.identification.readers.tagged.scopus_text import read_scopus_text
from screening.identification.readers.tagged.wos import read_wos
from screening.identification.readers.xml.general import read_general_xml
from screening.identification.readers.xml.platforms import (
    read_ebsco_xml,
    read_endnote_xml,
    read_ictrp_xml,
)
from screening.identification.readers.xml.pubmed import read_pubmed_xml
from screening.identification.readers.xml.rdf import read_rdf

READERS: dict[str, Callable[[Pieces, Context], Iterator[Found]]] = {
    "ris": read_ris,
    "nbib": read_medline,
    "cochrane": read_cochrane,
    "wos": read_wos,
    "ovid_tagged": read_ovid,
    "pubmed_text": read_pubmed_text,
    "labelled": read_labelled,
    "noteexpress": read_noteexpress,
    "scopus_text": read_scopus_text,
    "refworks": read_refworks,
    "enw": read_endnote_tagged,
    "endnote_xml": read_endnote_xml,
    "pubmed_xml": read_pubmed_xml,
    "ebsco_xml": read_ebsco_xml,
    "ictrp_xml": read_ictrp_xml,
    "xml": read_general_xml,
    "bibtex": read_bibtex,
    "json": read_json,
    "rdf": read_rdf,
    "html": read_html,
    "table": read_table,
}
