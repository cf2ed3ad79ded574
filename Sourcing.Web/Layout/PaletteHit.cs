using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Layout;

/// <summary>One line of the palette.</summary>
/// <param name="Href">Where it goes; null for changing between light and dark.</param>
public sealed record PaletteHit(string Group, string Icon, string Title, string Text, string Note, string? Href);

/// <summary>What can be done from everywhere.</summary>
internal static class PaletteCommands
{
    private static readonly (string Title, string Href, Permission Permission, string Note)[] New =
    [
        ("New RFQ", Links.NewRfq, Permission.RfqsWrite, "N on the board"),
        ("New part", Links.NewPart, Permission.PartsWrite, ""),
        ("New supplier", Links.NewSupplier, Permission.SuppliersWrite, ""),
        ("New customer", Links.NewCustomer, Permission.CustomersWrite, ""),
        ("New note", Links.NewNote, Permission.NotesUse, "N on My day"),
    ];

    /// <summary>Commands of which a word begins with what was typed.</summary>
    public static IEnumerable<PaletteHit> Matching(CurrentUser user, string text)
    {
        var making = New.Where(n => user.May(n.Permission)).Select(n => new PaletteHit("Commands", "add", n.Title, "", n.Note, n.Href));
        var going = NavTable.For(user).Select(i => new PaletteHit("Commands", i.Icon, $"Go to {(i.Group == "Admin" ? i.Text.ToLowerInvariant() : i.Text)}", "", i.Key is null ? "" : $"G then {i.Key.ToUpperInvariant()}", i.Href));
        PaletteHit[] rest =
        [
            new("Commands", "contrast", "Change between light and dark", "", "", null),
            new("Commands", "manage_accounts", "Your account", "", "", Links.Account),
            new("Commands", "logout", "Sign out", "", "", Links.SignOut),
        ];
        return making.Concat(going).Concat(rest).Where(h => Fits(h.Title, text));
    }

    /// <summary>What can be done with a part.</summary>
    public static IEnumerable<PaletteHit> For(CurrentUser user, SearchResult part)
    {
        if (user.May(Permission.RfqsWrite))
        {
            yield return new("Commands", "add", $"New RFQ with {part.Number}", "", "", Links.NewRfqFor([part.Id]));
        }

        if (user.May(Permission.SuppliersRead))
        {
            yield return new("Commands", "show_chart", $"Show price history of {part.Number}", "", "", Links.Part(part.Id, "price-history"));
        }
    }

    private static bool Fits(string title, string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => title.Split(' ').Any(t => t.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>Where in a title the typed letters are.</summary>
internal static class PaletteMatch
{
    /// <summary>The first stretch of the title that has the typed letters and digits in a row, whatever stands between them: "6204 2r" in "6204-2RS".</summary>
    public static (int From, int To) Find(string title, string typed)
    {
        var wanted = typed.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant).ToArray();
        for (var start = 0; wanted.Length > 0 && start < title.Length; start++)
        {
            var matched = 0;
            var end = start;
            while (end < title.Length && matched < wanted.Length && char.IsLetterOrDigit(title[start]))
            {
                if (char.IsLetterOrDigit(title[end]))
                {
                    if (char.ToLowerInvariant(title[end]) != wanted[matched])
                    {
                        break;
                    }

                    matched++;
                }

                end++;
            }

            if (matched == wanted.Length)
            {
                return (start, end);
            }
        }

        return (0, 0);
    }
}
