using System.Globalization;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Web.Shared;

/// <summary>Figures and moments as this person reads them: their culture, their time zone.</summary>
public sealed class Formats(CurrentUser user, TimeProvider time)
{
    /// <summary>What stands for nothing.</summary>
    public const string Nothing = "–";

    private const string ThinSpace = "\u202f";

    private CultureInfo Culture => user.Identity.Culture;

    /// <summary>The person's day.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Local(time.GetUtcNow()).DateTime);

    /// <summary>1,234.50 with a true minus.</summary>
    public string Number(decimal? value, int minimumDecimals = 0, int maximumDecimals = 4) =>
        value is { } number ? Signed(number, Pattern(minimumDecimals, maximumDecimals), plus: false) : Nothing;

    /// <summary>EUR 1,234.50. Two decimals in documents; 0 in tables.</summary>
    public string Money(decimal? amount, string currency, int decimals = 2) =>
        amount is null ? Nothing : $"{currency}\u00a0{Number(amount, decimals, decimals)}";

    /// <summary>EUR 3.685: two to four decimals.</summary>
    public string Price(decimal? price, string currency) => price is null ? Nothing : $"{currency}\u00a0{Number(price, 2, 4)}";

    /// <summary>8,000 kg.</summary>
    public string Quantity(decimal? quantity, string unit) => quantity is null ? Nothing : $"{Number(quantity)}\u00a0{unit}";

    /// <summary>A share of one as 6.2 %.</summary>
    public string Percent(decimal? share, int decimals = 1) => share is null ? Nothing : Number(share * 100, decimals, decimals) + ThinSpace + "%";

    /// <summary>A difference with its sign: +6.2, −2.4, 0.0.</summary>
    public string Difference(decimal? value, int decimals = 1) =>
        value is { } number ? Signed(number, Pattern(decimals, decimals), plus: true) : Nothing;

    /// <summary>A difference as a share of one: +6.2 %.</summary>
    public string PercentDifference(decimal? share, int decimals = 1) => share is null ? Nothing : Difference(share * 100, decimals) + ThinSpace + "%";

    /// <summary>14 Nov 2026, in the order that the culture writes.</summary>
    public string Date(DateOnly? date) => date is { } day ? day.ToString(DatePattern(withYear: true), Culture) : Nothing;

    /// <summary>14 Nov: where the year is plain.</summary>
    public string ShortDate(DateOnly? date) => date is { } day ? day.ToString(DatePattern(withYear: day.Year != Today.Year), Culture) : Nothing;

    /// <summary>14 Nov 2026, 17:00 in the person's time zone.</summary>
    /// <param name="withZone">Adds CET or UTC+2: wherever it is a deadline.</param>
    public string Moment(DateTimeOffset? moment, bool withZone = false)
    {
        if (moment is not { } at)
        {
            return Nothing;
        }

        var local = Local(at);
        return $"{Date(DateOnly.FromDateTime(local.DateTime))}, {local.ToString(Culture.DateTimeFormat.ShortTimePattern, Culture)}{(withZone ? " " + Zone(at) : "")}";
    }

    /// <summary>Only the day of a moment, in the person's time zone.</summary>
    public string Day(DateTimeOffset? moment) => moment is { } at ? Date(DateOnly.FromDateTime(Local(at).DateTime)) : Nothing;

    /// <summary>4 s ago, 2 h ago, in 3 d; beyond a week the date.</summary>
    public string Ago(DateTimeOffset? moment)
    {
        if (moment is not { } at)
        {
            return Nothing;
        }

        var span = time.GetUtcNow() - at;
        if (span.Duration() >= TimeSpan.FromDays(7))
        {
            return Day(at);
        }

        var words = Span(span.Duration());
        return span < TimeSpan.Zero ? $"in {words}" : span < TimeSpan.FromSeconds(2) ? "now" : $"{words} ago";
    }

    /// <summary>5 h 20 min, 1 d 4 h, 6 d: the two largest parts, one from three days on.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds}\u00a0s",
        { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes}\u00a0min",
        { TotalHours: < 24 } => $"{(int)span.TotalHours}\u00a0h" + (span.Minutes > 0 ? $" {span.Minutes}\u00a0min" : ""),
        { TotalDays: < 3 } => $"{(int)span.TotalDays}\u00a0d" + (span.Hours > 0 ? $" {span.Hours}\u00a0h" : ""),
        _ => $"{(int)span.TotalDays}\u00a0d",
    };

    /// <summary>A country by its name where the two letters of ISO 3166 are kept: Portugal for PT.</summary>
    public static string Country(string text)
    {
        try
        {
            return text.Length == 2 ? new RegionInfo(text).EnglishName : text;
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>The colour of a deadline: red under 8 hours, amber under 48, else none.</summary>
    public Hue? Urgency(DateTimeOffset deadline) => (deadline - time.GetUtcNow()) switch
    {
        { TotalHours: < 0 } => null,
        { TotalHours: < 8 } => Hue.Red,
        { TotalHours: < 48 } => Hue.Amber,
        _ => null,
    };

    /// <summary>MH for Mira Holsten.</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => "?",
            1 => char.ToUpperInvariant(words[0][0]).ToString(),
            _ => $"{char.ToUpperInvariant(words[0][0])}{char.ToUpperInvariant(words[^1][0])}",
        };
    }

    /// <summary>One hue per person, always the same.</summary>
    public static Hue AvatarHue(Guid person) => (Hue)(1 + (person.ToByteArray()[15] % 6));

    /// <summary>12 KB, 3.4 MB.</summary>
    public string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes}\u00a0bytes",
        < 1_000_000 => $"{Number(bytes / 1000m, 0, 0)}\u00a0KB",
        _ => $"{Number(bytes / 1_000_000m, 0, 1)}\u00a0MB",
    };

    /// <summary>A moment in the person's time zone.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, user.Identity.TimeZone);

    /// <summary>The moment that a typed local date and time stands for. A time that the clock skips counts an hour later.</summary>
    public DateTimeOffset Moment(DateTime typed)
    {
        var zone = user.Identity.TimeZone;
        var local = DateTime.SpecifyKind(typed, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>CET, BST, UTC+5:30.</summary>
    public string Zone(DateTimeOffset at)
    {
        var zone = user.Identity.TimeZone;
        var summer = zone.IsDaylightSavingTime(at);
        var known = (zone.Id, zone.BaseUtcOffset.TotalHours) switch
        {
            ("Europe/London" or "Europe/Belfast", _) => "GMT BST",
            ("Europe/Lisbon", _) => "WET WEST",
            (var id, 1) when id.StartsWith("Europe/", StringComparison.Ordinal) => "CET CEST",
            (var id, 2) when id.StartsWith("Europe/", StringComparison.Ordinal) => "EET EEST",
            ("America/New_York", _) => "EST EDT",
            ("America/Chicago", _) => "CST CDT",
            ("America/Denver", _) => "MST MDT",
            ("America/Los_Angeles", _) => "PST PDT",
            ("UTC" or "Etc/UTC", _) => "UTC UTC",
            _ => null,
        };
        if (known is not null)
        {
            return known.Split(' ')[summer ? 1 : 0];
        }

        var offset = zone.GetUtcOffset(at);
        return $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}")}";
    }

    /// <summary>The value of a list's cell as text.</summary>
    public string Value(object? value, FieldKind kind) => value switch
    {
        null => Nothing,
        Enum state => StateHues.TextOf(state),
        bool flag => flag ? "Yes" : Nothing,
        DateOnly date => Date(date),
        DateTimeOffset moment => Moment(moment),
        decimal share when kind == FieldKind.Percent => Percent(share),
        decimal price when kind == FieldKind.Money => Number(price, 2, 4),
        decimal number => Number(number),
        int or long or short => Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        double or float => Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        "" => Nothing,
        _ => value.ToString()!,
    };

    private static string Pattern(int minimum, int maximum) => "#,##0" + (maximum == 0 ? "" : "." + new string('0', minimum) + new string('#', maximum - minimum));

    private string Signed(decimal value, string pattern, bool plus)
    {
        // Rounded first, so that no minus stands before a zero.
        var text = Math.Abs(value).ToString(pattern, Culture);
        var zero = !text.Any(c => c is >= '1' and <= '9');
        return zero ? text : value < 0 ? "−" + text : plus ? "+" + text : text;
    }

    private string DatePattern(bool withYear) => Culture.DateTimeFormat.ShortDatePattern.TrimStart('\'', ' ') switch
    {
        ['y', ..] => withYear ? "yyyy MMM d" : "MMM d",
        ['M', ..] => withYear ? "MMM d, yyyy" : "MMM d",
        _ => withYear ? "d MMM yyyy" : "d MMM",
    };
}
