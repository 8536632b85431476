"""Every word of the page in Chinese and English, beside those of the reports."""

from __future__ import annotations

from types import MappingProxyType

from calcverify.report import words

PAGE = MappingProxyType(
    {
        "page-title": ("预算测算核对", "Budget arithmetic check"),
        "tagline": ("项目支出的测算依据，算得对不对", "Does the funding basis add up?"),
        "skip": ("跳到核对结果", "Skip to the result"),
        "language": ("English", "中文"),
        "log-out": ("退出", "Log out"),
        # giving a form
        "give": ("放入申报表", "Give it a form"),
        "drop": ("把申报表拖到这里", "Drop your forms here"),
        "or-choose": ("或选择文件", "or choose files"),
        "kinds": (
            "可一次放入多个文件，每个不超过 {size} MB：{suffixes}",
            "several at once if you like, {size} MB each at most: {suffixes}",
        ),
        "or-paste": ("或粘贴一段测算依据", "Or paste a funding basis"),
        "basis-label": ("测算依据", "Funding basis"),
        "total-label": ("项目总金额（带单位，可不填）", "Project total, with its unit (may be left empty)"),
        "total-name": ("项目总金额", "project total"),
        "pasted": ("粘贴的测算依据", "the pasted basis"),
        "total-hint": ("如 36万元", "like 36万元"),
        "check": ("核对", "Check"),
        "checking": ("正在核对……", "Checking…"),
        "privacy-local": (
            "文件只在这台计算机的内存中核对，核对完即丢弃：不保存，不联网。",
            "Files are checked in this computer's memory and forgotten: nothing is stored, nothing is sent.",
        ),
        "privacy-server": (
            "文件只在本单位服务器的内存中核对，核对完即丢弃：不保存，不向外发送。",
            "Files are checked in the memory of your office's server and forgotten: nothing is stored or sent on.",
        ),
        "without-script": (
            "浏览器未启用脚本：核对照常；要下载报告，请选好文件后用下列按钮。",
            "Without scripts checking works as well; for a report, choose files and use these buttons.",
        ),
        # the empty page
        "empty-title": ("它做什么", "What it does"),
        "empty-1": (
            "读出测算依据里的每一步计算：单价 × 数量、合计、分担、余额。",
            "It reads every computation of a basis: prices times counts, sums, shares, what is left.",
        ),
        "empty-2": (
            "逐项核对填报的数字，标出算不对的地方，并说明可能原因。",
            "It compares every stated figure, marks what does not follow, and says what may be the cause.",
        ),
        "empty-3": (
            "读不懂的地方如实说明，不猜测；不改动您的文件。",
            "What it cannot read it says so and does not guess; your file stays as it is.",
        ),
        "try-example": ("没有现成的表？看一个例子", "No form at hand? See an example"),
        # the result
        "result": ("核对结果", "Result"),
        "show-all": ("全部", "All"),
        "filter": ("按结论筛选", "Show by status"),
        "expand-all": ("全部展开", "Open all"),
        "print": ("打印", "Print"),
        "n-projects": ("共 {n} 个项目", "Projects: {n}"),
        "lost": (
            "连接不上核对程序，请确认它还在运行，再试一次。",
            "The program does not answer; see that it is still running, and try again.",
        ),
        "next-fail": (
            "先看有误的项目：红色 ✗ 处的数字与算式不符。可在项目里改着试，改好后再改您的文件。",
            "Start with what does not add up: the figures marked ✗. Try a correction in the project, "
            "then mend your file.",
        ),
        "next-review": (
            "没有算错的地方；标 ? 的请您看一眼，确认后即可。",
            "Nothing is wrong; please look at what is marked with a question mark.",
        ),
        "next-pass": ("全部读懂，全部一致，可以报送。", "Everything was read, and everything adds up."),
        "next-no-formula": (
            "这些项目没有可核对的算式；需要测算的，请补充数量和单价。",
            "There is no arithmetic to check here; where some is needed, add counts and prices.",
        ),
        "next-none": ("没有读到项目，请看下面的说明。", "No project was read; see below."),
        "cut": (
            "项目较多，只列出前 {n} 个；其余请用命令行 calcverify check 核对。",
            "Only the first {n} projects are listed; check the others with calcverify check.",
        ),
        "too-long": (
            "内容过长，页面上不能展开；请用命令行 calcverify check 查看",
            "too long to be opened on this page; use calcverify check",
        ),
        "too-many": (
            "项目超过 {n} 个，请用命令行 calcverify check 或 batch 核对",
            "more than {n} projects: check them with calcverify check or batch",
        ),
        "download": ("下载", "Download"),
        "take-marked": ("标注后的文件", "The marked file"),
        "take-html": ("网页报告", "Report (HTML)"),
        "take-xlsx": ("Excel 报告", "Report (Excel)"),
        "take-json": ("JSON", "JSON"),
        "take-note": (
            "下载的是原文件的核对结果；页面上试改的内容不计入。",
            "Downloads are about the file as you gave it, without what you tried on this page.",
        ),
        # a project
        "text": ("测算依据", "The basis"),
        "no-basis-text": ("表中没有测算依据。", "The form has no funding basis."),
        "point": (
            "指向标出的数字（或点按、用 Tab 键移到），可看它的读法。",
            "Point at a marked figure, tap it, or move to it with the Tab key, to see how it was read.",
        ),
        "try": ("改着试", "Try a correction"),
        "try-label": (
            "在这里修改，停下来就会重新核对；不改动您的文件",
            "Edit here; it is checked again when you pause. Your file stays as it is",
        ),
        "recheck": ("重新核对", "Check again"),
        "restore": ("恢复原文", "Restore"),
        "copy": ("复制修改后的文字", "Copy the corrected text"),
        "copied": ("已复制", "Copied"),
        "changed": ("试改的结果", "With your changes"),
        "none-changed": ("结论和问题没有变化", "status and findings are the same"),
        "how-built": ("总额的构成", "How the total is built"),
        "set-aside": ("不参与测算的数字", "Numbers set aside"),
        "not-read": ("未读懂的文字", "Text that was not read"),
        "other-findings": ("其他问题", "Other findings"),
        "no-claims": ("没有可核对的算式。", "There is no arithmetic to check."),
        "rechecked": ("已重新核对：{outcome}", "Checked again: {outcome}"),
        "done": ("核对完成：{counts}", "Checked: {counts}"),
        # login
        "log-in": ("请输入口令", "Please log in"),
        "token": ("口令", "Token"),
        "enter": ("进入", "Log in"),
        "wrong-token": ("口令不对，请重新输入。", "That is not the token; try again."),
        # refusals
        "wrong-host": (
            "访问地址不在允许之列。管理员可用 --allow-host 加入这个地址。",
            "This address is not one that the server answers to; its keeper can add it with --allow-host.",
        ),
        "foreign-origin": (
            "请求不是从本页面发出的，已拒绝。请直接打开本页面再试。",
            "This request did not come from a page of ours; open the page itself and try again.",
        ),
        "not-through-proxy": (
            "请从单位的统一入口访问。",
            "Please come through your office's entrance.",
        ),
        "busy": ("现在核对的人较多，请过几秒再试。", "Many checks are going on; try again in a few seconds."),
        "took-too-long": (
            "这个文件核对用时过长，已停止。请拆成几个小文件再试。",
            "Checking took too long and was stopped; split the file and try again.",
        ),
        "took-too-much": (
            "这个文件展开后过大，已停止。请拆成几个小文件再试。",
            "The file grew too large when it was opened; split it and try again.",
        ),
        "broke-down": (
            "calcverify 自身出错，不是表格的问题，文件没有核对。请把这个文件（可以公开的话）告诉维护者。",
            "calcverify itself failed; the form need not be wrong, and it was not checked. "
            "Tell the maintainers, with the file if it may be shared.",
        ),
        "too-slow": ("上传用时过长，请检查网络后再试。", "The upload took too long; check the network and try again."),
        "body-too-large": (
            "一次放入的文件过大，请分几次放入，或拆成小文件。",
            "That is too much at once; give fewer or smaller files.",
        ),
        "file-too-large": (
            "有文件超过大小上限，请拆成几个小文件再试。",
            "A file is larger than the limit; split it and try again.",
        ),
        "too-many-files": ("文件太多，请分几次放入。", "Too many files at once; give them in several turns."),
        "no-form": ("收到的内容不完整，请重新放入文件。", "What arrived is incomplete; give the file again."),
        "nothing-given": (
            "还没有放入文件，也没有粘贴文字。请选一个文件，或粘贴一段测算依据。",
            "There is no file and no text yet: choose a file, or paste a funding basis.",
        ),
        "not-found": ("没有这个页面。", "There is no such page."),
        "back": ("回到首页", "Back to the page"),
        "sorry": ("没有核对成", "Not checked"),
    }
)


def say(word: str, lang: str, **values: object) -> str:
    """``word`` of the page, or of the reports, in ``lang`` with its ``{names}`` filled in."""
    pair = PAGE.get(word)
    if pair is None:
        return words.fill(word, lang, **values)
    text = pair[lang == "en"]
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
