"""Pictures in Word: SVG for those versions that draw it, PNG for the others."""

import io

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph

# The extension by which Word 2016 and later find the SVG beside the PNG (MS-ODRAWXML 2.4.12, svgBlip).
_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_BLIP = (
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{rid}"/>'
)


def add_picture(  # noqa: PLR0913 - two forms of the picture, its size, its two texts
    document: WordDocument, *, svg: str, png: bytes, width: float, title: str, alt: str
) -> Paragraph:
    """Append a picture, `width` points wide, with its alternative text; return its paragraph.

    `svg` should have its text outlined: Word puts another font in the place of one it lacks.
    """
    paragraph = document.add_paragraph()
    inline = paragraph.add_run().add_picture(io.BytesIO(png), width=Pt(width))._inline  # noqa: SLF001 - python-docx offers no alternative text
    inline.docPr.set("title", title)
    inline.docPr.set("descr", alt)
    package = document.part.package
    name = package.next_partname("/word/media/drawing%d.svg")
    part = Part(name, "image/svg+xml", svg.encode(), package)
    rid = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    extension = OxmlElement("a:ext")
    extension.set("uri", _EXTENSION)
    extension.append(parse_xml(_SVG_BLIP.format(rid=rid)))
    extensions = OxmlElement("a:extLst")
    extensions.append(extension)
    for blip in inline.iter(qn("a:blip")):
        blip.append(extensions)
    return paragraph
