using System.Globalization;
using Sourcing.Data.Orders;
using Sourcing.Web.Portal;

namespace Sourcing.Web.Orders;

/// <summary>Lines of an invoice as they come out of a spreadsheet: line or part number, quantity, unit price.</summary>
public static class InvoicePaste
{
    /// <summary>So many lines are read.</summary>
    public const int Most = 500;

    /// <summary>Fills the form's lines, all or none: what cannot be understood is returned in sentences, and then nothing changes.</summary>
    public static IReadOnlyList<string> Take(InvoiceForm form, string text, CultureInfo culture)
    {
        var faults = new List<string>();
        var taken = new Dictionary<InvoiceLineForm, (decimal Quantity, decimal Price)>();
        var rows = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (rows.Length is 0 or > Most)
        {
            return [rows.Length == 0 ? "Nothing is pasted yet." : $"These are {rows.Length} lines. Paste at most {Most}."];
        }

        foreach (var (row, n) in rows.Select((row, at) => (row, at + 1)))
        {
            var cells = row.Split('\t', ';').Select(c => c.Trim()).Where(c => c.Length > 0).ToList();
            var (quantity, price) = cells.Count >= 3 ? (TypedNumber.Read(cells[^2], culture), TypedNumber.Read(cells[^1], culture)) : ((decimal?)null, (decimal?)null);
            if (n == 1 && rows.Length > 1 && quantity is null && price is null)
            {
                // The head of a table.
                continue;
            }

            var found = cells.Count == 0 ? [] : form.Lines.Where(l => Is(l, cells[0])).ToList();
            if (quantity is not > 0 || price is not >= 0)
            {
                faults.Add($"Row {n}: \"{Short(row)}\" has no line or part number, quantity and unit price.");
            }
            else if (found.Count != 1)
            {
                faults.Add(found.Count == 0 ? $"Row {n}: the order has no line or part {cells[0]}." : $"Row {n}: {cells[0]} stands on {found.Count} lines of the order. Give the line's number.");
            }
            else if (!taken.TryAdd(found[0], (quantity.Value, price.Value)))
            {
                faults.Add($"Row {n}: line {found[0].LineNo} is pasted twice. Put both quantities into one row.");
            }
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        foreach (var line in form.Lines)
        {
            (line.Quantity, line.UnitPrice) = taken.TryGetValue(line, out var figures) ? ((decimal?)figures.Quantity, (decimal?)figures.Price) : (null, line.UnitPrice);
        }

        return [];
    }

    private static bool Is(InvoiceLineForm line, string name) => line.LineNo.ToString(CultureInfo.InvariantCulture) == name
        || (line.PartNumber.Length > 0 && line.PartNumber.Equals(name, StringComparison.OrdinalIgnoreCase))
        || (line.SupplierPartNumber.Length > 0 && line.SupplierPartNumber.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Short(string row) => row.Length > 60 ? row[..60] + "…" : row;
}
