namespace Sourcing.Data.Common.Files;

/// <summary>How cells of a book look: each style by its place in the file.</summary>
internal static class SheetStyles
{
    public const string Strong = "1";
    public const string Title = "2";
    public const string Decimals = "3";
    public const string Money = "4";
    public const string Head = "5";
    public const string Turned = "6";
    public const string StrongMoney = "7";
    public const string StrongDecimals = "8";
    public const string FirstHead = "9";
    private const int FirstTint = 10;

    // Grounds in the order of the tints; the first two that every file has come before them.
    private static readonly string?[] Grounds = [null, "D6DAF4", "B8C0EC", "9BA5E3", "ECEEF2", "E2F3E9", "FCF0DA", "FBE8E7", "ECEEF2", null];

    public static string Of(Tint tint) => (FirstTint + (int)tint).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string Xml(string currency)
    {
        var grounds = Grounds.OfType<string>().Distinct().ToList();
        var fills = string.Concat(grounds.Append("F1F3F6").Select(g => $"""<fill><patternFill patternType="solid"><fgColor rgb="FF{g}"/><bgColor indexed="64"/></patternFill></fill>"""));
        var head = grounds.Count + 2;
        string Fill(Tint tint) => Grounds[(int)tint] is { } ground ? $"fillId=\"{grounds.IndexOf(ground) + 2}\" applyFill=\"1\"" : "";
        const string centre = "<alignment horizontal=\"center\"/>";
        var tints = string.Concat(Enum.GetValues<Tint>().Select(t => t switch
        {
            Tint.Worse => """<xf fontId="3" applyFont="1"/>""",
            Tint.Zero => $"""<xf fontId="4" applyFont="1" applyAlignment="1">{centre}</xf>""",
            Tint.Light or Tint.Middle or Tint.Deep => $"""<xf {Fill(t)} applyAlignment="1">{centre}</xf>""",
            Tint.Blank => $"<xf {Fill(t)}/>",
            _ => $"""<xf {Fill(t)} applyAlignment="1">{centre}</xf>""",
        }));
        return
            $"""<styleSheet xmlns="{XlsxParts.Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00\ &quot;{currency}&quot;"/></numFmts>""" +
            """<fonts count="5"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font><font><b/><sz val="11"/><color rgb="FFA61D24"/><name val="Calibri"/></font><font><sz val="11"/><color rgb="FF5C6678"/><name val="Calibri"/></font></fonts>""" +
            $"""<fills count="{head + 1}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>{fills}</fills>""" +
            $"""<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{FirstTint + Grounds.Length}"><xf/><xf fontId="1" applyFont="1"/><xf fontId="2" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/>""" +
            $"""<xf fontId="1" fillId="{head}" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="center" vertical="bottom" wrapText="1"/></xf><xf fontId="1" fillId="{head}" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="center" vertical="bottom" textRotation="90"/></xf>""" +
            $"""<xf numFmtId="164" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="4" fontId="1" applyNumberFormat="1" applyFont="1"/><xf fontId="1" fillId="{head}" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="bottom" wrapText="1"/></xf>{tints}</cellXfs></styleSheet>""";
    }
}
