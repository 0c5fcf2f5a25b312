"""Writes the small documents beside this file with other programs, which FormatsTest and SpreadsheetTest read:

    pip install openpyxl==3.1.5 python-docx reportlab==5.0.1 pyarrow==25.0.1
    python golden.py

tea.docx keeps of what python-docx writes only the body: its template is 36 kB.
"""

import datetime
import io
import json
import pathlib
import zipfile

import docx
import openpyxl
import pyarrow
import pyarrow.parquet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

HERE = pathlib.Path(__file__).parent


def spreadsheet():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "reviews"
    sheet.append(["text", "stars", "bought", "paid", "share", "regular"])
    sheet.append(["Fragrant & light", 5, datetime.date(2026, 3, 1), 12.5, 0.25, True])
    sheet.append(["茶香很浓\n第二行", 4, datetime.datetime(2026, 3, 2, 14, 30), 1234567.891, 1, False])
    sheet.append([None, None, None, None, None, None])
    sheet.append(["No stars", None, None, "=1+1", -3, None])
    sheet["D2"].number_format = '0.00" yuan/day"'
    book.create_sheet("notes").append(["not read"])
    book.save(HERE / "tea.xlsx")


def book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "train"
    sheet.append(["text", "stars"])
    sheet.append(["Good tea", 5])
    sheet.append(["Too bitter", 2])
    sheet = book.create_sheet("test")
    sheet.append(["text", "stars", "town"])
    sheet.append(["茶很香", 4, "杭州"])
    book.create_sheet("empty")
    sheet = book.create_sheet("old")
    sheet.append(["text", "stars"])
    sheet.append(["Hidden words", 1])
    sheet.sheet_state = "hidden"
    book.create_chartsheet("chart")
    book.save(HERE / "book.xlsx")


def word():
    document = docx.Document()
    document.add_heading("The tea shop", 1)
    paragraph = document.add_paragraph("Green tea is ")
    paragraph.add_run("steamed").bold = True
    paragraph.add_run(" or roasted.")
    document.add_paragraph("绿茶不发酵。")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, [["name", "price"], ["Longjing", "88"]]):
        for cell, text in zip(row.cells, cells):
            cell.text = text
    whole = io.BytesIO()
    document.save(whole)
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(HERE / "tea.docx", "w", zipfile.ZIP_DEFLATED) as kept:
        for name in ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]:
            kept.writestr(name, read.read(name))


def pdf():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(HERE / "tea.pdf"), invariant=1)
    page.drawString(72, 760, "Green tea is steamed or roasted.")
    page.setFont("STSong-Light", 12)
    page.drawString(72, 740, "绿茶不发酵。")
    page.showPage()
    page.drawString(72, 760, "The second page.")
    page.save()
    page = canvas.Canvas(str(HERE / "locked.pdf"), invariant=1, encrypt="secret")
    page.drawString(72, 760, "Nobody reads this.")
    page.save()


def parquet():
    table = pyarrow.table(
        {
            "messages": [
                [{"role": "user", "content": "Is it green?"}, {"role": "assistant", "content": "Yes."}],
                [{"role": "user", "content": "多少钱？"}, {"role": "assistant", "content": "八十八元。"}],
            ],
            "label": [1, 0],
        }
    )
    names = {"info": {"features": {"label": {"names": ["price", "colour"], "_type": "ClassLabel"}}}}
    table = table.replace_schema_metadata({"huggingface": json.dumps(names)})
    pyarrow.parquet.write_table(table, HERE / "chat.parquet")


spreadsheet()
book()
word()
pdf()
parquet()
