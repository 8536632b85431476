"""The words of the reports that are pages, sheets and pictures, beside those of ``words``."""

from __future__ import annotations

from types import MappingProxyType

PAGE_WORDS = MappingProxyType(
    {
        "legend": ("图例", "Legend"),
        "projects": ("项目", "Projects"),
        "overview": ("汇总", "Summary"),
        "basis-text": ("测算依据原文", "The basis as it stands"),
        "no-basis": ("没有测算依据", "no basis"),
        "reading": ("读法", "reading"),
        "verdict": ("核对结果", "verdict"),
        "kind": ("类型", "kind"),
        "number": ("序号", "No."),
        "tree": ("总额构成", "How the total is built"),
        "legend-operand": ("参与计算的数", "a figure that goes in"),
        "legend-agrees": ("填报数与算式一致", "a stated figure that agrees"),
        "legend-near": ("尾差或约数", "carried rounding, or about right"),
        "legend-query": ("存疑", "in question"),
        "legend-mismatch": ("不一致", "does not agree"),
        "legend-aside": ("不参与测算的数", "a number set aside"),
        "legend-unread": ("未读懂，未核对", "not read, not checked"),
        "legend-hidden": ("看不见的字符", "a character that does not show"),
        "legend-mark": ("指向下面的问题", "leads to the finding below"),
        "legend-break": (
            "条长为金额；✗ 处与下级算出的金额不符，? 处存疑，竖线为算出的金额",
            "bars are as long as the amounts; a crossed one does not follow from what is under it, ? is in question; "
            "the line is what that gives",
        ),
        "stated-by": ("算式{n}的填报数：{verdict}", "stated by claim {n}: {verdict}"),
        "used-by": ("用于算式{n}", "goes into claim {n}"),
        "finding-n": ("问题{n}", "finding {n}"),
        "claim-n": ("算式{n}", "claim {n}"),
        "absent-group": ("未填写", "not given"),
        "others": ("其他", "others"),
        "n-projects": ("项目数", "projects"),
        "in-wan": ("填报减测算（万元）", "stated minus computed (10,000 yuan)"),
        "coverage-axis": ("有测算支持的金额占总额的比例", "share of the total that rests on verified arithmetic"),
        "chart-status": ("核对结论", "Projects by outcome"),
        "chart-difference": ("填报与测算相差最大的项目", "Totals furthest from what was computed"),
        "chart-coverage": ("测算覆盖率", "Coverage of the totals"),
        "progress": ("已核对 {n} 个项目", "{n} projects checked"),
        "more-claims": ("另有 {n} 条未列出", "{n} more are not listed"),
        "scanned": ("识别所得的数字", "Recognised figures"),
        "scanned-how": (
            "图是原件上的样子，下面是读出的数字和识别的把握；两者不符时，请改正后重新检查",
            "each picture is cut from the page; below it is what was read and how sure that is: "
            "where the two differ, correct the form and check it again",
        ),
        "scanned-doubtful": ("请先核对把握不大的 {n} 个", "Compare these {n} first: they are in doubt"),
        "scanned-others": ("其余 {n} 个，也请对照原件", "The other {n}, to be compared as well"),
        "scanned-unlisted": (
            "另有 {n} 个数字未列出，请直接对照原件",
            "{n} more figures are not listed; compare them with the paper itself",
        ),
        "scanned-unpictured": (
            "报告里的图有上限，以上有 {n} 个数字没有附图；分开检查文件可看到全部",
            "a report has so many pictures only: {n} of these figures have none; check the files one by one to see all",
        ),
        "sheet-claims": ("核对明细", "Claims"),
        "sheet-findings": ("问题清单", "Findings"),
        "sheet-unread": ("未读取", "Not read"),
        "yuan": ("元", "yuan"),
        "as-said": ("原单位", "as in the form"),
        "not-counted": ("不计入", "not counted"),
        "organisation": ("单位名称", "organisation"),
        "department": ("主管部门", "department"),
        "year": ("年度", "year"),
        "file": ("文件", "file"),
        "written": ("原文", "as written"),
        "unit": ("单位", "unit"),
        "severity": ("程度", "severity"),
        "rule": ("规则", "rule"),
        "should-be": ("应为", "should be"),
        "field": ("栏目", "field"),
        "expiry": ("说明有效期", "explained until"),
        "category": ("类别", "category"),
        "content": ("内容", "content"),
        "cause": ("原因", "reason"),
        "all-projects": ("回到汇总", "back to the summary"),
        "made-by": (
            "calcverify {version} 生成。本页不含脚本，不联网。",
            "Made by calcverify {version}. This page has no scripts and fetches nothing.",
        ),
    }
)
