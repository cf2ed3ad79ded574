using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>One rate as typed.</summary>
public sealed class ExchangeRateForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    [Required(ErrorMessage = "Write the currency's three letters, such as USD.")]
    [StringLength(3, MinimumLength = 3, ErrorMessage = "Write the currency's three letters, such as USD.")]
    public string Currency { get; set; } = "";

    [Required(ErrorMessage = "Say from which day the rate holds.")]
    public DateOnly? Day { get; set; }

    [Required(ErrorMessage = "Say how many units of the currency one EUR buys.")]
    public decimal? Rate { get; set; }
}

/// <summary>Keeps exchange rates: one per currency and day, the later entry corrects the earlier.</summary>
public sealed class ExchangeRateService(Database database, CurrentUser user)
{
    /// <summary>Lines that one paste may hold.</summary>
    public const int MostLines = 5_000;

    private static readonly char[] Separators = ['\t', ';', ' '];

    /// <summary>Adds a rate or corrects that of the day.</summary>
    public Task SaveAsync(ExchangeRateForm form, CancellationToken ct)
    {
        user.Demand(Permission.SettingsManage);
        FormShape.Demand(form);
        var rate = new ExchangeRate(form.Currency, form.Day!.Value, form.Rate!.Value);
        return database.WriteOnceAsync(form.FormKey, async (db, token) => { await PutAsync(db, [rate], token); return rate.Id; }, ct);
    }

    /// <summary>Takes pasted lines, each a currency, a day (2026-11-30) and a rate; all or none.</summary>
    /// <returns>How many were taken.</returns>
    public async Task<int> PasteAsync(string text, CancellationToken ct)
    {
        user.Demand(Permission.SettingsManage);
        var rates = Parse(text);
        await database.WriteAsync((db, token) => PutAsync(db, rates, token), ct);
        return rates.Count;
    }

    /// <summary>Reads pasted lines. Refuses with every line at fault, up to twenty.</summary>
    internal static IReadOnlyList<ExchangeRate> Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select((line, at) => (Line: line.Trim(), Number: at + 1)).Where(l => l.Line.Length > 0).ToList();
        if (lines.Count is 0 or > MostLines)
        {
            throw new RefusedException(lines.Count == 0
                ? "There is nothing to take in. Paste lines such as USD 2026-11-30 1.0832."
                : $"These are {lines.Count:N0} lines. Paste at most {MostLines:N0} at a time.");
        }

        var errors = new List<FieldError>();
        var rates = new List<ExchangeRate>();
        foreach (var (line, number) in lines)
        {
            try
            {
                rates.Add(ParseLine(line));
            }
            catch (RefusedException refusal)
            {
                errors.Add(new("", $"Line {number}: {refusal.Message}"));
            }
        }

        return errors.Count == 0 ? [.. rates.GroupBy(r => (r.Currency, r.Day)).Select(g => g.Last())] : throw new RefusedException([.. errors.Take(20)]);
    }

    private static ExchangeRate ParseLine(string line)
    {
        var parts = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 1)
        {
            parts = line.Split(',', StringSplitOptions.TrimEntries);
        }

        if (parts.Length != 3)
        {
            throw new RefusedException($"\"{line}\" does not have a currency, a day and a rate. Write it like USD 2026-11-30 1.0832.");
        }

        if (!DateOnly.TryParseExact(parts[1], ["yyyy-MM-dd", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw new RefusedException($"\"{parts[1]}\" is not a day. Write it like 2026-11-30.");
        }

        // One separator at most, so that a comma or a point can only be the decimal one.
        if (parts[2].Count(c => c is '.' or ',') > 1
            || !decimal.TryParse(parts[2].Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate))
        {
            throw new RefusedException($"\"{parts[2]}\" is not a rate. Write it without thousands separators, like 1.0832.");
        }

        return new ExchangeRate(parts[0], day, rate);
    }

    private static async Task PutAsync(SourcingDb db, IReadOnlyList<ExchangeRate> rates, CancellationToken ct)
    {
        var currencies = rates.Select(r => r.Currency).Distinct().ToArray();
        var (first, last) = (rates.Min(r => r.Day), rates.Max(r => r.Day));
        var there = await db.ExchangeRates.Where(r => currencies.Contains(r.Currency) && r.Day >= first && r.Day <= last)
            .ToDictionaryAsync(r => (r.Currency, r.Day), ct);
        foreach (var rate in rates)
        {
            if (there.TryGetValue((rate.Currency, rate.Day), out var old))
            {
                old.Correct(rate.Rate);
            }
            else
            {
                db.Add(rate);
            }
        }

        await db.SaveChangesAsync(ct);
    }
}
