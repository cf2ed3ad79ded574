using System.Globalization;
using System.IO.Compression;
using System.Security;

namespace Sourcing.Data.Common.Files;

/// <summary>How a chart is drawn.</summary>
public enum ChartShape
{
    Columns,

    /// <summary>Lying columns: for long names.</summary>
    Bars,
    Lines,

    /// <summary>Shares of a whole, with a hole; one series.</summary>
    Ring,
}

/// <summary>One series of a chart: figures of a column.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Column">From 1.</param>
/// <param name="Colour">Six hexadecimal digits.</param>
public sealed record ChartSeries(string Name, int Column, string Colour);

/// <summary>A chart over rows of its own sheet: names in the first column, figures beside them.</summary>
/// <param name="First">The first row, from 1.</param>
/// <param name="Last">The last row.</param>
/// <param name="At">Column and row, from 0, of its corner.</param>
/// <param name="Size">Columns and rows that it covers.</param>
public sealed record BookChart(ChartShape Shape, string Title, int First, int Last, IReadOnlyList<ChartSeries> Series, (int Column, int Row) At, (int Columns, int Rows) Size)
{
    /// <summary>Colours of the parts of a ring, in the order of the rows.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>How figures are written at the axis.</summary>
    public string Format { get; init; } = "#,##0";
}

/// <summary>The parts of a file that charts are made of: a drawing for each sheet, and each chart.</summary>
internal static class SheetCharts
{
    private const string Chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private const string Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";

    /// <param name="number">Of the sheet, from 1.</param>
    /// <param name="before">Charts of the sheets before it.</param>
    public static void Write(ZipArchive archive, BookSheet sheet, int number, int before)
    {
        var frames = string.Concat(sheet.Charts.Select((c, i) => Frame(c, i + 1)));
        XlsxParts.Part(archive, $"xl/drawings/drawing{number}.xml", $"""<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="{Drawing}">{frames}</xdr:wsDr>""");
        var relations = string.Concat(sheet.Charts.Select((_, i) => $"""<Relationship Id="rId{i + 1}" Type="{XlsxParts.Office}/chart" Target="../charts/chart{before + i + 1}.xml"/>"""));
        XlsxParts.Part(archive, $"xl/drawings/_rels/drawing{number}.xml.rels", $"""<Relationships xmlns="{XlsxParts.Relations}">{relations}</Relationships>""");
        for (var i = 0; i < sheet.Charts.Count; i++)
        {
            XlsxParts.Part(archive, $"xl/charts/chart{before + i + 1}.xml", Space(sheet, sheet.Charts[i]));
        }
    }

    private static string Frame(BookChart chart, int id) => string.Create(CultureInfo.InvariantCulture,
        $"""<xdr:twoCellAnchor><xdr:from>{Corner(chart.At.Column, chart.At.Row)}</xdr:from><xdr:to>{Corner(chart.At.Column + chart.Size.Columns, chart.At.Row + chart.Size.Rows)}</xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="{id + 1}" name="Chart {id}" descr="{Text(chart.Title)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{Chart}"><c:chart xmlns:c="{Chart}" xmlns:r="{XlsxParts.Office}" r:id="rId{id}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>""");

    private static string Corner(int column, int row) => string.Create(CultureInfo.InvariantCulture, $"<xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff>");

    private static string Space(BookSheet sheet, BookChart chart)
    {
        var series = string.Concat(chart.Series.Select((s, i) => Series(sheet, chart, s, i)));
        var plot = chart.Shape switch
        {
            ChartShape.Ring => $"""<c:doughnutChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/><c:holeSize val="55"/></c:doughnutChart>""",
            ChartShape.Lines => $"""<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>""",
            _ => $"""<c:barChart><c:barDir val="{(chart.Shape == ChartShape.Bars ? "bar" : "col")}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>""",
        };
        return
            $"""<c:chartSpace xmlns:c="{Chart}" xmlns:a="{Drawing}" xmlns:r="{XlsxParts.Office}"><c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="en-GB" sz="1200" b="1"/><a:t>{Text(chart.Title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>""" +
            $"""<c:plotArea><c:layout/>{plot}{(chart.Shape == ChartShape.Ring ? "" : Axes(chart))}</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>""";
    }

    // Lying columns are read from the top.
    private static string Axes(BookChart chart)
    {
        var lying = chart.Shape == ChartShape.Bars;
        return
            $"""<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{(lying ? "maxMin" : "minMax")}"/></c:scaling><c:delete val="0"/><c:axPos val="{(lying ? "l" : "b")}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>""" +
            $"""<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="{(lying ? "b" : "l")}"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="E4E7EC"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="{Text(chart.Format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="{(lying ? "max" : "autoZero")}"/></c:valAx>""";
    }

    private static string Series(BookSheet sheet, BookChart chart, ChartSeries series, int order)
    {
        // The first two rows are the title and the heads.
        var rows = sheet.Rows.Skip(chart.First - 3).Take(chart.Last - chart.First + 1).ToList();
        string Points(IEnumerable<string?> values) => string.Concat(values.Select((v, i) => v is null ? "" : string.Create(CultureInfo.InvariantCulture, $"<c:pt idx=\"{i}\"><c:v>{Text(v)}</c:v></c:pt>")));
        string Range(int column) => string.Create(CultureInfo.InvariantCulture, $"{Text(SheetBook.Quoted(sheet))}!${Letter(column)}${chart.First}:${Letter(column)}${chart.Last}");
        var names = $"""<c:cat><c:strRef><c:f>{Range(1)}</c:f><c:strCache><c:ptCount val="{rows.Count}"/>{Points(rows.Select(r => SheetWriter.Harmless(Plain(r[0]) ?? "")))}</c:strCache></c:strRef></c:cat>""";
        var figures = $"""<c:val><c:numRef><c:f>{Range(series.Column)}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{rows.Count}"/>{Points(rows.Select(r => Plain(r[series.Column - 1])))}</c:numCache></c:numRef></c:val>""";
        var fill = $"""<a:solidFill><a:srgbClr val="{series.Colour}"/></a:solidFill>""";
        var look = chart.Shape switch
        {
            ChartShape.Lines => $"""<c:spPr><a:ln w="28575">{fill}</a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="5"/><c:spPr>{fill}</c:spPr></c:marker>""",
            ChartShape.Ring => string.Concat(chart.Parts.Select((p, i) => $"""<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/><c:spPr><a:solidFill><a:srgbClr val="{p}"/></a:solidFill></c:spPr></c:dPt>"""))
                + """<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/><c:showLeaderLines val="0"/></c:dLbls>""",
            _ => $"""<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/>""",
        };
        return string.Create(CultureInfo.InvariantCulture, $"""<c:ser><c:idx val="{order}"/><c:order val="{order}"/><c:tx><c:v>{Text(series.Name)}</c:v></c:tx>{look}{names}{figures}{(chart.Shape == ChartShape.Lines ? "<c:smooth val=\"0\"/>" : "")}</c:ser>""");
    }

    private static string? Plain(object? value) => value switch
    {
        null => null,
        MoneyCell money => Plain(money.Amount),
        DecimalCell figure => Plain(figure.Value),
        StrongCell strong => Plain(strong.Value),
        TintCell tinted => Plain(tinted.Value),
        IFormattable figure => figure.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Letter(int column) => column <= 26 ? ((char)('A' + column - 1)).ToString() : throw new ArgumentOutOfRangeException(nameof(column), column, "Charts look at the first 26 columns.");

    private static string Text(string text) => SecurityElement.Escape(XlsxParts.Printable(text));
}
