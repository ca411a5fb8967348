//! What says nothing, by kind of element: what programs spell otherwise when they save again, what they spell
//! out though it is so anyway, and what is told elsewhere in words of its own. Everything else is told.

use super::leaves::{HERE, Quiet};

/// A chart.
pub(super) const CHART: Quiet = Quiet {
    unseen: &[
        // Told in words of their own.
        "title/tx/rich/p/r/t",
        "ser/tx",
        "ser/cat/strRef/f",
        "ser/cat/strRef/strCache/pt/v",
        "ser/val/numRef/f",
        "ser/val/numRef/numCache/pt/v",
        "chart/dispBlanksAs",
        "scaling/min",
        "scaling/max",
        "valAx/numFmt@formatCode",
        // Numbers that programs give, language and face of the letters, how lines are joined.
        "axId",
        "crossAx",
        "c16:uniqueId",
        "ext@uri",
        "lang",
        "@lang",
        "latin",
        "@spc",
        "@b",
        "endParaRPr",
        "lstStyle",
        "bodyPr",
        "round",
        "printSettings",
        // A line has nothing to fill.
        "lineChart/ser/spPr/solidFill",
    ],
    usual: &[
        ("layout", HERE),
        ("autoTitleDeleted", "0"),
        ("overlay", "0"),
        ("roundedCorners", "0"),
        ("date1904", "0"),
        ("varyColors", "0"),
        ("smooth", "0"),
        ("delete", "0"),
        ("majorTickMark", "out"),
        ("minorTickMark", "none"),
        ("noMultiLvlLbl", "0"),
        ("catAx/numFmt@formatCode", "General"),
        ("catAx/numFmt@sourceLinked", "1"),
        ("hiLowLines/spPr/ln/noFill", HERE),
        ("dLbls/showLegendKey", "0"),
        ("dLbls/showVal", "0"),
        ("dLbls/showCatName", "0"),
        ("dLbls/showSerName", "0"),
        ("dLbls/showPercent", "0"),
        ("dLbls/showBubbleSize", "0"),
        ("showLeaderLines", "1"),
        ("showLeaderLines", "0"),
        ("dLbls/separator", HERE),
        ("title/spPr/noFill", HERE),
        ("title/spPr/ln/noFill", HERE),
        ("legend/spPr/noFill", HERE),
        ("legend/spPr/ln/noFill", HERE),
        ("plotArea/spPr/noFill", HERE),
        ("plotArea/spPr/ln/noFill", HERE),
        ("chartSpace/spPr/solidFill/srgbClr", "ffffff"),
        ("chartSpace/spPr/ln/solidFill/srgbClr", "d9d9d9"),
        ("catAx/spPr/ln/solidFill/srgbClr", "878787"),
        ("valAx/spPr/ln/solidFill/srgbClr", "878787"),
        // Three quarters of a point; none, round what has no line.
        ("ln@w", "3"),
        ("title/spPr/ln@w", "0"),
        ("legend/spPr/ln@w", "0"),
        ("plotArea/spPr/ln@w", "0"),
        ("hiLowLines/spPr/ln@w", "0"),
        ("defRPr/solidFill/srgbClr", "000000"),
        ("rPr/solidFill/srgbClr", "000000"),
        ("@strike", "noStrike"),
        ("dLbls/txPr/bodyPr@wrap", "none"),
        ("legend/txPr/p/pPr/defRPr@sz", "1000"),
        ("dLbls/txPr/p/pPr/defRPr@sz", "1000"),
        ("mc:Choice@Requires", "c14"),
        ("mc:Choice/c14:style", "102"),
        ("mc:Fallback/style", "2"),
    ],
};

/// The frame of a chart over the cells.
pub(super) const FRAME: Quiet = Quiet {
    unseen: &[
        // Told in words of their own; where in its cells it begins and ends.
        "from",
        "to",
        "cNvPr@descr",
        "chart@id", // Numbers and names that programs give, its size again.
        "cNvPr@id",
        "cNvPr@name",
        "xfrm",
        "cNvPr/extLst",
    ],
    usual: &[
        ("@editAs", "oneCell"),
        ("@macro", ""),
        ("cNvGraphicFramePr", HERE),
        ("clientData", HERE),
        ("graphicData@uri", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
    ],
};

/// A sheet without its cells.
pub(super) const SHEET: Quiet = Quiet {
    unseen: &[
        // Looked at on their own, or told in words of their own.
        "sheetData",
        "cols",
        "sheetFormatPr",
        "mergeCells",
        "hyperlinks",
        "dataValidations",
        "pageMargins",
        "rowBreaks",
        "colBreaks",
        "extLst",
        "drawing",
        "tableParts",
        "oddHeader",
        "oddFooter",
        "pageSetup@paperSize",
        "pageSetup@orientation",
        "pageSetup@scale",
        // What is on the screen when it is opened, and marks of programs that find errors.
        "sheetViews",
        "dimension",
        "ignoredErrors",
        "phoneticPr",
        "sheetPr@codeName",
        // The printer.
        "pageSetup@id",
        "pageSetup@horizontalDpi",
        "pageSetup@verticalDpi",
        "worksheet@mc:Ignorable",
        "worksheet@uid",
    ],
    usual: &[
        ("worksheet", HERE),
        ("sheetPr", HERE),
        ("sheetPr@filterMode", "0"),
        ("pageSetUpPr@fitToPage", "0"),
        ("pageSetup@fitToWidth", "1"),
        ("pageSetup@fitToHeight", "1"),
        ("pageSetup@pageOrder", "downThenOver"),
        ("pageSetup@blackAndWhite", "0"),
        ("pageSetup@draft", "0"),
        ("pageSetup@cellComments", "none"),
        ("pageSetup@copies", "1"),
        ("printOptions@gridLines", "0"),
        ("printOptions@gridLinesSet", "1"),
        ("printOptions@headings", "0"),
        ("printOptions@horizontalCentered", "0"),
        ("printOptions@verticalCentered", "0"),
        ("headerFooter", HERE),
        ("headerFooter@differentFirst", "0"),
        ("headerFooter@differentOddEven", "0"),
    ],
};

/// How a sheet is seen on the screen.
pub(super) const VIEW: Quiet = Quiet {
    unseen: &[
        "pane",
        "selection",
        "@workbookViewId",
        "@tabSelected",
        "@topLeftCell",
        "@zoomScale",
        "@zoomScaleNormal",
        "@zoomScaleSheetLayoutView",
        "@zoomScalePageLayoutView",
        "@showGridLines",
        "@colorId",
        "@view",
    ],
    usual: &[
        ("sheetView", HERE),
        ("@defaultGridColor", "1"),
        ("@rightToLeft", "0"),
        ("@showFormulas", "0"),
        ("@showOutlineSymbols", "1"),
        ("@showRowColHeaders", "1"),
        ("@showZeros", "1"),
    ],
};

/// What a cell offers to choose from.
pub(super) const CHOICES: Quiet = Quiet {
    unseen: &["@sqref", "@type", "formula1", "@uid"],
    usual: &[("@operator", "between"), ("@showDropDown", "0"), ("formula2", "0")],
};

/// Small bars in cells: colours of points that are not told apart are not seen.
pub(super) const BARS: Quiet = Quiet {
    unseen: &[
        "sparklines",
        "@uid",
        "colorNegative",
        "colorMarkers",
        "colorFirst",
        "colorLast",
        "colorHigh",
        "colorLow",
    ],
    usual: &[],
};

/// A table.
pub(super) const TABLE: Quiet = Quiet {
    unseen: &["@id", "@uid", "table@ref", "tableColumn@name", "tableStyleInfo@name"],
    usual: &[
        ("table@headerRowCount", "1"),
        ("table@totalsRowCount", "0"),
        ("table@totalsRowShown", "0"),
        ("tableStyleInfo", HERE),
        ("tableStyleInfo@showFirstColumn", "0"),
        ("tableStyleInfo@showLastColumn", "0"),
        ("tableStyleInfo@showRowStripes", "0"),
        ("tableStyleInfo@showColumnStripes", "0"),
        ("autoFilter@ref", ""),
    ],
};

/// The workbook: its names with what they stand for, its sheets and its window are looked at on their own.
pub(super) const WORKBOOK: Quiet = Quiet {
    unseen: &[
        "sheets",
        "definedNames",
        "bookViews",
        "fileVersion",
        "fileRecoveryPr",
        "workbook@mc:Ignorable",
        "workbook@uid",
        "workbook/mc:AlternateContent",
        "xr:revisionPtr",
        "revisionPtr",
        "extLst",
        "workbookPr@defaultThemeVersion",
        "workbookPr@codeName",
        "workbookPr@filterPrivacy",
        // Asked to calculate when it is opened; programs do so, and say it no more.
        "calcPr@fullCalcOnLoad",
        "calcPr@calcId",
        "calcPr@iterateCount",
        "calcPr@iterateDelta",
    ],
    usual: &[
        ("workbookPr", HERE),
        ("calcPr", HERE),
        ("workbookProtection", HERE),
        ("workbookPr@backupFile", "0"),
        ("workbookPr@date1904", "0"),
        ("workbookPr@showObjects", "all"),
        ("calcPr@iterate", "0"),
        ("calcPr@refMode", "A1"),
    ],
};

/// A name of cells, beside what it stands for.
pub(super) const NAME: Quiet = Quiet {
    unseen: &[],
    usual: &[("@function", "0"), ("@hidden", "0"), ("@vbProcedure", "0"), ("@xlm", "0")],
};

/// Colours and letters that styles may name.
pub(super) const THEME: Quiet = Quiet { unseen: &["extLst", "theme@name"], usual: &[] };

/// What the file says of itself.
pub(super) const PROPERTIES: Quiet = Quiet {
    unseen: &[
        // The program, the moment and the person that saved it last.
        "Application",
        "AppVersion",
        "TotalTime",
        "Template",
        "HeadingPairs",
        "TitlesOfParts",
        "lastModifiedBy",
        "modified",
        "revision",
        "lastPrinted",
        "@type",
        "@baseType",
        "@size",
    ],
    usual: &[
        ("Properties", HERE),
        ("Company", HERE),
        ("Template", HERE),
        ("description", HERE),
        ("DocSecurity", "0"),
        ("ScaleCrop", "0"),
        ("LinksUpToDate", "0"),
        ("SharedDoc", "0"),
        ("HyperlinksChanged", "0"),
    ],
};

/// The lines round a cell.
pub(super) const BORDER: Quiet = Quiet {
    unseen: &[],
    usual: &[
        ("left", HERE),
        ("right", HERE),
        ("top", HERE),
        ("bottom", HERE),
        ("diagonal", HERE),
        ("@style", "none"),
        ("@diagonalUp", "0"),
        ("@diagonalDown", "0"),
    ],
};

/// Where in its cell a text stands.
pub(super) const ALIGNMENT: Quiet = Quiet {
    unseen: &[],
    usual: &[
        ("alignment", HERE),
        ("@horizontal", "general"),
        ("@vertical", "bottom"),
        ("@textRotation", "0"),
        ("@wrapText", "0"),
        ("@indent", "0"),
        ("@shrinkToFit", "0"),
        ("@justifyLastLine", "0"),
        ("@readingOrder", "0"),
    ],
};

/// Whether a cell can be written in, on a sheet that is protected.
pub(super) const PROTECTION: Quiet =
    Quiet { unseen: &[], usual: &[("protection", HERE), ("@locked", "1"), ("@hidden", "0")] };
