using System.Text;

namespace Sourcing.Web.Orders;

/// <summary>How a purchase order looks on paper. It stands inside the document, because the document leaves the app. Paper is white in every scheme.</summary>
internal static class OrderPaperStyle
{
    private const string Rules =
        """
        .paper { max-width: 186mm; margin: 0 auto; color: #16191f; background: #fff; font: 9pt/13pt Inter, "Liberation Sans", Arial, "Noto Sans", "DejaVu Sans", sans-serif; }
        .paper p, .paper dl, .paper dd, .paper h1, .paper h2 { margin: 0; }
        .paper h1 { font-size: 17pt; line-height: 21pt; font-weight: 650; letter-spacing: -.01em; color: #16191f; }
        .paper h2 { margin-bottom: 3pt; font-size: 7.5pt; line-height: 10pt; font-weight: 600; color: #555d6b; }
        .paper dl { display: grid; grid-template-columns: auto 1fr; gap: 1pt 8pt; }
        .paper dt { color: #555d6b; }
        .paper dd { color: #16191f; overflow-wrap: anywhere; text-align: left; }
        .paper-draft { margin-bottom: 8pt !important; padding: 4pt 8pt; border: 1pt solid #a61d24; color: #a61d24; font-weight: 650; text-align: center; }
        .paper-top { display: flex; justify-content: space-between; gap: 12mm; padding-bottom: 7mm; border-bottom: 1.5pt solid #16191f; }
        .paper-logo { margin-bottom: 4pt !important; font-size: 17pt; line-height: 21pt; font-weight: 700; letter-spacing: -.02em; }
        .paper-title { min-width: 62mm; }
        .paper-title dl { margin-top: 4pt; }
        .paper-parties { display: grid; grid-template-columns: 1fr 1fr 1.1fr; gap: 8mm; margin: 6mm 0 7mm; }
        .paper-parties p { overflow-wrap: anywhere; }
        .paper table { width: 100%; border-collapse: collapse; }
        .paper-lines thead { display: table-header-group; }
        .paper-lines th { padding: 3pt 5pt; border-bottom: 1pt solid #16191f; font-size: 7.5pt; line-height: 10pt; font-weight: 600; text-align: left; vertical-align: bottom; color: #16191f; background: none; }
        .paper-lines td { padding: 4pt 5pt; border-bottom: .5pt solid #c9ced6; vertical-align: top; }
        .paper-lines th:first-child, .paper-lines td:first-child { padding-left: 0; width: 9mm; }
        .paper-lines th:last-child, .paper-lines td:last-child { padding-right: 0; }
        .paper-lines tr { break-inside: avoid; }
        .paper-lines td:nth-child(2) { overflow-wrap: anywhere; }
        .paper-lines strong { font-weight: 600; }
        .paper-lines small { display: block; font-size: 7.5pt; line-height: 11pt; color: #555d6b; }
        .paper-lines small span + span { margin-left: 8pt; }
        .paper .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .paper .d { white-space: nowrap; }
        .paper table.paper-sums { width: auto; min-width: 74mm; margin: 3mm 0 0 auto; break-inside: avoid; }
        .paper-sums th { padding: 2pt 12pt 2pt 0; font-weight: 400; text-align: left; color: #555d6b; background: none; }
        .paper-sums td { padding: 2pt 0; text-align: right; font-variant-numeric: tabular-nums; }
        .paper-total > * { padding-top: 4pt !important; border-top: 1pt solid #16191f; font-size: 11pt; font-weight: 650 !important; color: #16191f !important; }
        .paper-note { margin-top: 6mm; break-inside: avoid; }
        .paper-note p + p { margin-top: 3mm; }
        .paper-small { font-size: 7.5pt; line-height: 11pt; color: #555d6b; }
        .paper-sign { display: flex; justify-content: space-between; align-items: flex-end; gap: 10mm; margin-top: 9mm; break-inside: avoid; }
        """;

    /// <summary>The rules, with the foot of every page.</summary>
    public static string For(string foot) =>
        $$"""
        @page { size: A4; margin: 14mm 12mm 17mm;
          @bottom-left { content: "{{Quoted(foot)}}"; font: 7.5pt "Liberation Sans", Arial, sans-serif; color: #555d6b; }
          @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 7.5pt "Liberation Sans", Arial, sans-serif; color: #555d6b; } }
        {{Rules}}
        """;

    // Text from data inside a style: everything but letters, digits and the plainest signs becomes an escape that no parser can take for anything else. The space after an escape belongs to it.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '.' or ',')
            {
                quoted.Append(rune);
            }
            else
            {
                quoted.Append('\\').Append(rune.Value.ToString("x6", System.Globalization.CultureInfo.InvariantCulture)).Append(' ');
            }
        }

        return quoted.ToString();
    }
}
