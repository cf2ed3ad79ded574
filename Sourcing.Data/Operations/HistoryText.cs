using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>Columns and values of the history in the words that forms and pages use for them.</summary>
internal static class HistoryText
{
    private const int Longest = 300;

    // Keys, counters and marks that follow from other records: whoever reads the history of a part does not want to read them.
    private static readonly HashSet<string> Untold =
    [
        "id", "deleted_at", "deleted_by", "sha256", "form_key", "version", "features", "popularity", "order_count", "quote_count", "last_quoted_at", "import_run_id",
        "link_issued_at", "reminder_count", "user_name", "lockout_enabled", "email_confirmed", "phone_number_confirmed",
    ];

    // Where the column's name in words is not what people call it.
    private static readonly Dictionary<string, string> Called = new()
    {
        ["email"] = "E-mail", ["phone"] = "Telephone", ["hs_code"] = "HS code", ["tax_id"] = "Tax number", ["tax_rate"] = "Tax rate", ["is_critical"] = "Critical", ["is_active"] = "Active",
        ["is_at_risk"] = "At risk", ["type"] = "Kind", ["party_name"] = "Whose number", ["supplier_part_number"] = "Supplier’s number", ["lead_time_days"] = "Lead time, days",
        ["default_lead_time_days"] = "Usual lead time, days", ["shelf_life_days"] = "Shelf life, days", ["moq_quantity"] = "Minimum order", ["moq_unit_id"] = "Unit of the minimum",
        ["moq"] = "Minimum order", ["minimum_quantity"] = "From quantity", ["contract_quantity_limit"] = "Contract limit", ["preferred"] = "Preferred supplier", ["risk_level"] = "Risk",
        ["contact_name"] = "Contact", ["dimension"] = "Measures", ["address"] = "Postal address", ["no_quote_reason"] = "Why no quote", ["decline_reason"] = "Why declined",
        ["decline_note"] = "Note on declining", ["cancel_reason"] = "Why cancelled", ["close_reason"] = "Why closed", ["reject_reason"] = "Why rejected", ["withdraw_reason"] = "Why withdrawn",
        ["block_reason"] = "Why blocked", ["manual_block"] = "Blocked by a person for", ["manual_block_reason"] = "What the person wrote", ["from_score"] = "From score",
        ["standing_score"] = "Score", ["zero_at"] = "Worth 0 at", ["full_at"] = "Worth 100 at", ["small_sample"] = "Small sample, k", ["eta"] = "Expected", ["notify_by_email"] = "Notifications by e-mail", ["single_keys"] = "Single-key shortcuts", ["time_zone_id"] = "Time zone",
        ["deadline_time_zone"] = "Time zone of the deadline", ["culture_name"] = "Dates and numbers", ["two_factor_enabled"] = "Authenticator", ["submitted_by_name"] = "Submitted in the name of",
        ["part_number"] = "Part number", ["file_name"] = "File", ["size"] = "Size in bytes", ["freight"] = "Freight", ["freight_cost"] = "Freight", ["other_cost"] = "Other costs", ["full_name"] = "Name",
        ["rfq_line_id"] = "RFQ line", ["gone_number"] = "Number given up", ["gone_name"] = "Name given up", ["kept_number"] = "Number that stays", ["kept_name"] = "Name that stays", ["pause_reason"] = "Why paused", ["deadline_reason"] = "Why the deadline moved", ["public_text"] = "Question as everybody reads it",
        ["shows_rank"] = "Shows each its rank", ["told_rank"] = "Rank that was told", ["told_of"] = "Among how many", ["scope"] = "Who reads the answer", ["reminder_hours"] = "Reminders, hours before the deadline", ["number"] = "Number", ["ordered_at"] = "Ordered", ["last_reminded_at"] = "Reminded",
    };

    // Columns that hold a name of an enum: what they say becomes words.
    private static readonly HashSet<string> Worded =
    [
        .. typeof(HistoryText).Assembly.GetTypes().Where(t => t.IsClass && t.GetProperty("Id") is not null)
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType).IsEnum).Select(p => Words.Snake(p.Name)),
    ];

    /// <summary>Whether people are told of this column.</summary>
    public static bool Tells(string column) => !Untold.Contains(column);

    /// <summary>"Lead time, days" for lead_time_days.</summary>
    public static string Field(string column)
    {
        if (Called.TryGetValue(column, out var called))
        {
            return called;
        }

        var name = column.EndsWith("_id", StringComparison.Ordinal) || column.EndsWith("_at", StringComparison.Ordinal) || column.EndsWith("_on", StringComparison.Ordinal) ? column[..^3] : column;
        var words = name.Replace('_', ' ').Replace("rfq", "RFQ", StringComparison.OrdinalIgnoreCase);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>A value as people read it; null for nothing.</summary>
    /// <param name="name">The name of the record behind a key; null leaves keys out.</param>
    public static string? Value(string column, JsonElement value, UserIdentity reader, Func<Guid, string?> name) => value.ValueKind switch
    {
        JsonValueKind.True => "Yes",
        JsonValueKind.False => "No",
        JsonValueKind.Number => decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("#,0.########", reader.Culture) : value.GetRawText(),
        JsonValueKind.String => Text(column, value.GetString()!, reader, name),
        JsonValueKind.Array => Cut(string.Join(", ", value.EnumerateArray().Select(v => Value(column, v, reader, name)).OfType<string>())),
        JsonValueKind.Object => Cut(string.Join(" ", value.EnumerateObject().Where(p => Tells(p.Name)).Select(p => (Word: Field(p.Name), Text: Value(p.Name, p.Value, reader, name)))
            .Where(p => p.Text is not null).Select(p => $"{p.Word}: {p.Text};")).TrimEnd(';')),
        _ => null,
    };

    /// <summary>A list of named properties, such as the specifications of a part, by name; null when the value is something else.</summary>
    public static IReadOnlyDictionary<string, string>? Properties(JsonElement? value, UserIdentity reader)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0 || list.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.Object || !e.TryGetProperty("name", out _)))
        {
            return null;
        }

        var properties = new Dictionary<string, string>();
        foreach (var one in list.EnumerateArray())
        {
            var text = one.TryGetProperty("value", out var v) ? v.ValueKind == JsonValueKind.String ? v.GetString()! : v.GetRawText() : "";
            if (one.TryGetProperty("kind", out var kind))
            {
                text = kind.GetString() switch
                {
                    "yes_no" => text == "yes" ? "Yes" : "No",
                    "number" when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number.ToString("#,0.########", reader.Culture),
                    "date" => Text("", text, reader, _ => null) ?? text,
                    _ => text,
                };
            }

            var unit = one.TryGetProperty("unit", out var u) && u.ValueKind == JsonValueKind.String ? u.GetString() : null;
            properties[one.GetProperty("name").GetString() ?? ""] = string.IsNullOrEmpty(unit) ? text : $"{text} {unit}";
        }

        return properties;
    }

    private static string? Text(string column, string text, UserIdentity reader, Func<Guid, string?> name)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length == 36 && Guid.TryParse(text, out var key))
        {
            return name(key);
        }

        if (text.Length is 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.ToString("d MMM yyyy", reader.Culture);
        }

        if (text.Length > 18 && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment))
        {
            return TimeZoneInfo.ConvertTime(moment, reader.TimeZone).ToString("d MMM yyyy, HH:mm", reader.Culture);
        }

        return Worded.Contains(column) && text.All(c => char.IsAsciiLetterLower(c) || c == '_') ? Field(text) : Cut(text);
    }

    private static string? Cut(string text) => text.Length == 0 ? null : text.Length > Longest ? text[..(Longest - 1)] + "…" : text;
}
