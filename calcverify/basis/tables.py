"""Tables inside a basis: rows of cells under heads that name quantity, price and amount.

Columns are separated by tabs, bars or blanks. Under 数量/单价/金额 each row is a product, the
合计 row a sum of its column; a 合计 column without prices is the sum of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Node, Product, Sum
from calcverify.basis.sums import subtotals
from calcverify.basis.table_formulas import HEAD_FORMULA, is_formula
from calcverify.basis.table_rows import TOTAL_ROW, Cell, Row, ways
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import GOOD, SCALE, Entry, RowFormula, Statement, Work
from calcverify.exact.units import YUAN
from calcverify.exact.verdict import Addend, Shape, judge
from calcverify.patterns import pattern

# 数量（台）, 培训人数, 天: a column of counts.
HEAD_QUANTITY = pattern(
    "数量|人数|次数|天数|工作量|面积|场次|期数|台数|月数|户数|份数|课时|学时|人次|频次|时长|个数|套数|亩数|车次|批次"
    "|^天$|^月$|^次$"
)
# 单价（元）, 补助标准: a column of rates.
HEAD_PRICE = pattern("单价|标准|价格|定额|费率|单位成本")
# 金额（万元）, 小计: a column of amounts.
HEAD_AMOUNT = pattern("金额|小计|合计|总价|合价|预算|经费|费用|资金|总额|投资|补助额|支出")
# 金额（万元）, 单价(元/人): the money unit at the end of a head.
HEAD_UNIT = pattern(r"[（(\[]?(百万|千万|[千万亿])?元(?:/[^）)]*)?[）)\]]?$")
HEAD_SCALE = pattern("[（(](千|万|百万|亿)[^元（()）]{1,4}[)）]$")  # 面积（万平方米）
# 0.8米×1.2米 under 规格 is a size, and computes no money.
HEAD_SIZE = pattern("规格|型号|尺寸|参数|配置|品牌")
CLAIMED = frozenset({Kind.FIGURE, Kind.DAMAGED, Kind.OPERATOR, Kind.EQUALS})
COUNTER = pattern("[一-鿿A-Za-z㎡]$")  # 36处
SUBTOTAL_ROW = pattern("合\\s*计|小\\s*计")  # 工程费合计
PART_ROW = pattern("\\s*(?:其中|#)")
LARGE_PRICE = 100


def read_tables(work: Work) -> None:
    """Add the statements of every table in the text."""
    text = work.text
    if "\n" not in text and "|" not in text and "｜" not in text and "<td" not in text and "<TD" not in text:
        return
    for way in ways(work.text):
        rows = list(way)
        k = 0
        found = False
        while k < len(rows):
            if is_head(rows[k]):
                end = k + 1
                while end < len(rows) and rows[end].numbers:
                    end += 1
                found = table(work, rows[k], rows[k + 1 : end]) or found
                k = end
            else:
                k += 1
        if found:
            return


def is_head(row: Row) -> bool:
    """Whether a row names columns: no numbers, and words for amounts."""
    if row.numbers or len(row.cells) < 2:
        return False
    words = [c.text for c in row.cells]
    return all(len(w) <= 14 for w in words) and any(HEAD_AMOUNT.search(w) or HEAD_PRICE.search(w) for w in words[1:])


def column_scale(head: str, work: Work) -> int:
    """What one of a column is worth: 金额（万元） → 10000."""
    m = HEAD_UNIT.search(head)
    return SCALE[m.group(1) or ""] if m else (work.heading or 1)


def aligned(head: Row, row: Row) -> list[Cell] | None:
    """The cells of a row under the cells of the head; ``None`` where they do not line up.

    A cell that is empty has no words, where the tabs of the row say which one it is.
    """
    if len(row.cells) == len(head.cells):
        return list(row.cells)
    columns = [cell.column - head.cells[0].column for cell in head.cells]
    under = {cell.column - row.cells[0].column: cell for cell in row.cells}
    if head.cells[0].column < 0 or not under.keys() <= set(columns):
        return None
    end = row.cells[-1].end
    return [under.get(column, Cell("", end, end, None, column)) for column in columns]


def money_cell(cell: Cell, head: str, work: Work) -> Figure | None:
    """A money cell in the unit of its column."""
    figure = cell.figure
    if figure is None or figure.unit:
        return figure
    scale = column_scale(head, work)
    return figure._replace(
        value=figure.value * scale, place=figure.place * scale, scale=figure.scale * scale, unit=YUAN, bare=False
    )


def count_cell(cell: Cell, head: str) -> Figure | None:
    """A count in the scale of its column: 12.6 under 面积（万平方米）."""
    scaled = HEAD_SCALE.search(head)
    if cell.figure is None or cell.figure.unit or scaled is None:
        return cell.figure
    times = SCALE[scaled[1]]
    return cell.figure._replace(value=cell.figure.value * times, place=cell.figure.place * times, scale=times)


def table(work: Work, head: Row, rows: list[Row]) -> bool:
    """The products of the rows and the sum of the amount column; whether any were found."""
    words = [c.text for c in head.cells]
    amounts = [k for k, w in enumerate(words) if k and HEAD_AMOUNT.search(w) and not HEAD_PRICE.search(w)]
    prices = [k for k, w in enumerate(words) if k and HEAD_PRICE.search(w)]
    quantities = [k for k, w in enumerate(words) if k and HEAD_QUANTITY.search(w) and k not in prices]
    if not amounts or not rows:
        return False
    amount = amounts[-1]
    if prices and not quantities:
        quantities = counted(head, rows, {0, *prices, *amounts})
    items: list[Entry] = []
    formulas: list[RowFormula] = []
    found = False
    leading: list[Figure] = []
    summed: list[list[Cell]] = []  # the rows of which each is a sum
    for row in rows:
        cells = aligned(head, row)
        if TOTAL_ROW.match(row.cells[0].text):
            stated = row.cells[-1] if cells is None or cells[amount].figure is None else cells[amount]
            figure = money_cell(stated, words[amount], work)
            leading += [figure] if figure is not None and (not items or leading) else []
            if cells is not None and len(summed) == len(items):
                columns(work, words, summed, cells[:amount])
            if figure is not None and total(work, items, figure):
                formulas += formulas_of(work, words, cells or list(row.cells), work.entries[-1])
                found = True
            continue
        if cells is None or cells[amount].figure is None:
            # The first cell of 水泵｜3000｜10｜30000 may stand further to the left, merged over several rows.
            if amount == len(words) - 1 and row.cells[-1].figure is not None:
                last = money_cell(row.cells[-1], words[amount], work)
                assert last is not None, "the cell holds a number"
                items.append(entry_at(work, last, row))
            continue
        figure = money_cell(cells[amount], words[amount], work)
        assert figure is not None, "the cell holds a number"
        entry = entry_at(work, figure, row)
        if prices and quantities:
            rates = prices_of(cells[prices[0]], words[prices[0]], work)
            found = product(work, rates, [count_cell(cells[k], words[k]) for k in quantities], entry) or found
        elif not prices and not quantities and amount == len(words) - 1:
            summed += [cells] if across(work, words, cells, amount, figure) else []
            found = found or bool(summed)
        formulas += formulas_of(work, words, cells, entry)
        items.append(entry)
    if len(leading) == 1 and all(e.statement is not None for e in items):
        found = total(work, items, leading[0]) or found  # 合计 in the first row, every other row priced
    if not found and not formulas:
        return False
    work.formulas += formulas
    claim_tokens(work, rows, items, {f.first for f in formulas})
    return True


def counted(head: Row, rows: list[Row], known: set[int]) -> list[int]:
    """规模: 4.2公里, 36处, 2座: the one column whose cells are numbers that carry what they count."""
    lines = [cells for row in rows if not TOTAL_ROW.match(row.cells[0].text) and (cells := aligned(head, row))]
    found = [
        k for k in range(len(head.cells))
        if k not in known and len([c for c in (cells[k] for cells in lines) if c.figure and COUNTER.search(c.text)]) > 1
    ]
    return found if len(found) == 1 else []


def formulas_of(work: Work, words: list[str], cells: list[Cell], amount: Entry) -> Iterator[RowFormula]:
    """The cells of a row that compute, beside its amount."""
    for k, cell in enumerate(cells):
        if k and cell.text and cell.figure is None and not (len(cells) == len(words) and HEAD_SIZE.search(words[k])):
            first, last = token_at(work, cell.start), token_at(work, cell.end - 1)
            if is_formula(work, first, last):
                named = len(cells) == len(words) and HEAD_FORMULA.search(words[k]) is not None
                yield RowFormula(first, last, amount, named)


def entry_at(work: Work, figure: Figure, row: Row | None = None) -> Entry:
    """The entry of the amount in a cell; a row that begins with 其中 is a part of one before it."""
    first, last = token_at(work, figure.start), token_at(work, figure.end - 1)
    name = row.cells[0].text if row is not None else ""
    roles = frozenset({"part"} if PART_ROW.match(name) else {"sum"} if SUBTOTAL_ROW.search(name) else ())
    return Entry(first, last, figure.value, leaf_of(figure), figure, roles)


def product(work: Work, rates: list[Figure], quantities: list[Figure | None], entry: Entry) -> bool:
    """数量 × 单价 = 金额 of one row; the amount is the figure of ``entry``.

    ``rates`` is the price in each unit that it may be in: the first that fits, else the likeliest.
    """
    counts = [c for c in quantities if c is not None]
    stated = entry.figure
    if not rates or stated is None or len(counts) < len(quantities):
        return False
    chosen: Statement | None = None
    for rate in rates:
        leaves = (*(leaf_of(c) for c in counts), leaf_of(rate))
        node: Node = Product(leaves, (True,) * len(leaves))
        value = evaluate(node)
        if value is None:
            return False
        verdict = judge(Shape.PRODUCT, value.value, target_of(stated), leeway=work.leeway)
        notes = (("money", ""),) if len(rates) > 1 and rate.scale == 1 else ()
        one = Statement("equation", node, value.value, "元", stated, verdict, Shape.PRODUCT, (entry.token,), notes)
        if chosen is None or verdict in GOOD:
            chosen = one
        if verdict in GOOD:
            break
    assert chosen is not None, "there was a price"
    entry.statement = work.add(chosen)
    return True


def prices_of(cell: Cell, head: str, work: Work) -> list[Figure]:
    """A price in the unit of its cell or its head; where only the form says 单位：万元, in 元 as well.

    430 a piece beside 5.16 is so many 元, whatever stands over the form; a bare price of a hundred or more
    is hardly in 万元, and is taken in 元 first.
    """
    figure = cell.figure
    if figure is None:
        return []
    noted = money_cell(cell, head, work)
    if noted is None or figure.unit or HEAD_UNIT.search(head) or work.heading <= 1:
        return [] if noted is None else [noted]
    plain = figure._replace(unit=YUAN, bare=False)
    return [plain, noted] if figure.value >= LARGE_PRICE else [noted, plain]


def across(work: Work, words: list[str], cells: list[Cell], amount: int, stated: Figure) -> bool:
    """工资 … 其他 合计: the last column is the sum of the row."""
    figures = [money_cell(c, words[k], work) for k, c in enumerate(cells) if 0 < k < amount]
    terms = [f for f in figures if f is not None]
    if len(terms) < 2 or not re.search("合计|小计|总计|总额", words[amount]):
        return False
    add(work, terms, stated)
    return True


def columns(work: Work, words: list[str], rows: list[list[Cell]], last: list[Cell]) -> None:
    """The 合计 row under each column of a table whose rows are summed as well: 拖拉机 42.6 … 合计 198."""
    for k, cell in enumerate(last):
        figures = [money_cell(row[k], words[k], work) for row in rows] if k and cell.figure is not None else []
        terms = [f for f in figures if f is not None]
        stated = money_cell(cell, words[k], work)
        if stated is None or not len(terms) == len(figures) > 1:
            continue
        if HEAD_AMOUNT.search(words[k]) or sum(f.value for f in terms) == stated.value:  # 工龄 adds up to nothing
            add(work, terms, stated)


def total(work: Work, items: list[Entry], stated: Figure) -> bool:
    """The 合计 row of the amount column."""
    if len(items) < 2:
        return False
    whole = entry_at(work, stated)
    found = subtotals(items) if sum(e.value for e in items) != stated.value else {}
    # A row that happens to be the sum of rows above it is no sub-total where none of them says 其中.
    below = {
        k: rows for k, rows in found.items()
        if items[k].statement is None and ("sum" in items[k].roles or any("part" in e.roles for e in rows))
    }
    parts = {id(e) for rows in below.values() for e in rows}
    top = [e for e in items if id(e) not in parts]
    if below and len(top) > 1 and sum(e.value for e in top) == stated.value:
        for k, rows in below.items():  # 一、工资128万元⏎其中：教师80万元⏎保育员48万元
            if len(rows) > 1:
                add(work, figures_of(rows), figures_of([items[k]])[0], [e.roundable for e in rows])
    elif any("part" in e.roles for e in items):
        work.unread.append((items[0].token, whole.token, "unsure"))
        return False
    else:
        top = items
    add(work, figures_of(top), stated, [e.roundable for e in top if e.figure is not None])
    whole.statement = work.statements[-1]
    whole.roles = frozenset({"sum"})
    whole.parts = tuple(items)
    for e in items:
        e.within = whole
    work.entries.append(whole)
    return True


def figures_of(items: Sequence[Entry]) -> list[Figure]:
    """The stated amounts of some rows."""
    return [e.figure for e in items if e.figure is not None]


def add(work: Work, terms: list[Figure], stated: Figure, rounded: Sequence[bool] = ()) -> None:
    """The statement that some cells add up to another; ``rounded`` tells which of them may be rounded: 224 × 5000元 is
    112万元 to the last 元."""
    node = Sum(tuple(leaf_of(f) for f in terms), (True,) * len(terms))
    value = sum((f.value for f in terms), Fraction(0))
    may_be = rounded or [f.scale >= 1000 for f in terms]
    addends = tuple(Addend(Fraction(1), f.value, f.place, may) for f, may in zip(terms, may_be, strict=True))
    verdict = judge(Shape.SUM, value, target_of(stated), addends, leeway=work.leeway)
    work.add(Statement("sum", node, value, "元", stated, verdict, Shape.SUM, (token_at(work, stated.start),)))


def token_at(work: Work, offset: int) -> int:
    """The token that covers an offset of the text."""
    low, high = 0, len(work.tokens) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if work.tokens[middle].start <= offset:
            low = middle
        else:
            high = middle - 1
    return low


def claim_tokens(work: Work, rows: list[Row], items: list[Entry], formulas: set[int]) -> None:
    """Nothing else reads the cells of a table that was read, but for those that compute."""
    for row in rows:
        for cell in row.cells:
            first, last = token_at(work, cell.start), token_at(work, cell.end - 1)
            if first in formulas:
                continue
            for i in range(first, last + 1):
                if work.tokens[i].kind in CLAIMED:
                    work.used[i] = "cell"
    work.entries += items
