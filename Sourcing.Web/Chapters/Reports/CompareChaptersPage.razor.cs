using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Chapters.Reports;

/// <summary>Freely chosen chapters beside each other, per member and meeting. The whole question is in the address.</summary>
public sealed partial class CompareChaptersPage
{
    private static readonly (string Value, string Text)[] Sizes = [("small", "Up to 20"), ("middle", "21 to 30"), ("large", "31 to 40"), ("largest", "More than 40")];

    private static readonly (string Value, string Text)[] Slots = [("morning", "Before 10:00"), ("midday", "10:00 to 15:00"), ("evening", "From 15:00")];

    private readonly HashSet<Guid> _ticked = [];
    private RegionComparison? _view;
    private string? _read;
    private string? _refused;
    private string? _from;
    private string? _to;

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "by")]
    private string? ByAsked { get; set; }

    [SupplyParameterFromQuery]
    private string? Region { get; set; }

    [SupplyParameterFromQuery]
    private string? Size { get; set; }

    [SupplyParameterFromQuery]
    private string? Day { get; set; }

    [SupplyParameterFromQuery]
    private string? Slot { get; set; }

    [SupplyParameterFromQuery]
    private string? Currency { get; set; }

    /// <summary>Keys of chapters with commas between.</summary>
    [SupplyParameterFromQuery]
    private string? Only { get; set; }

    [Inject]
    private RegionQueries Queries { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private RankedBy By => Parsed<RankedBy>(ByAsked);

    private string Heading => $"{ReportWords.Of(By)}{(By == RankedBy.Attendance ? "" : " per member and meeting")}, {ReportWords.Named(_view!.Period)}";

    private string Unit => By switch { RankedBy.Business => _view!.Currency, RankedBy.Attendance => "%", _ => "Each" };

    private bool HasChoice => new[] { Region, Size, Day, Slot, Only }.Any(c => !string.IsNullOrEmpty(c));

    private string Everything => Address(("region", null), ("size", null), ("day", null), ("slot", null), ("only", null));

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = string.Join('|', From, To, ByAsked, Region, Size, Day, Slot, Currency, Only);
        if (_read == asked)
        {
            return;
        }

        _read = asked;
        (_refused, _from, _to) = (null, From, To);
        _ticked.Clear();
        try
        {
            var view = await Queries.CompareAsync(Question(), default);
            if (_read == asked)
            {
                _view = view;
                (_from, _to) = (Written(view.Period.First), Written(view.Period.Last));
            }
        }
        catch (RefusedException refusal) when (refusal is not DeniedException)
        {
            _refused = refusal.Message;
        }
    }

    private RegionQuestion Question() => new()
    {
        From = string.IsNullOrEmpty(From) ? null : ReportWords.DemandMonth(From), To = string.IsNullOrEmpty(To) ? null : ReportWords.DemandMonth(To), By = By,
        Region = string.IsNullOrEmpty(Region) ? null : Region, Size = Parsed<ChapterSize>(Size), Slot = Parsed<MeetingSlot>(Slot), Currency = Currency,
        Day = int.TryParse(Day, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 7 ? day : null,
        Only = [.. (Only ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(k => Guid.TryParse(k, out var id) ? id : Guid.Empty).Distinct()],
    };

    private static T Parsed<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;

    private string Address(params (string Key, string? Value)[] changes)
    {
        var parts = new Dictionary<string, string?>
        {
            ["from"] = From, ["to"] = To, ["by"] = ByAsked, ["region"] = Region, ["size"] = Size, ["day"] = Day, ["slot"] = Slot, ["currency"] = Currency, ["only"] = Only,
        };
        foreach (var (key, value) in changes)
        {
            parts[key] = value;
        }

        var query = string.Join('&', parts.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
        return Links.CompareChapters + (query.Length == 0 ? "" : "?" + query);
    }

    private static string Key(string property) => property.ToLowerInvariant();

    private void Choose(string key, ChangeEventArgs e) => Navigation.NavigateTo(Address((key, e.Value?.ToString())));

    private void Ask((string From, string To) months) => Navigation.NavigateTo(Address(("from", months.From), ("to", months.To)));

    private void Tick(Guid chapter)
    {
        if (!_ticked.Remove(chapter))
        {
            _ticked.Add(chapter);
        }
    }

    private void OnlyTicked()
    {
        if (_ticked.Count > RegionQuestion.MostNamed)
        {
            throw new RefusedException($"{_ticked.Count} chapters are chosen. Choose up to {RegionQuestion.MostNamed}, or by size, day, time and region.");
        }

        Navigation.NavigateTo(Address(("only", string.Join(',', _ticked))));
    }

    private string Value(decimal? value) => By switch { RankedBy.Attendance => Format.Number(value, 1, 1), RankedBy.Business => Format.Number(value, 0, 0), _ => Format.Number(value, 2, 2) };

    private string Total(RegionLine line) => By switch
    {
        RankedBy.Referrals => Format.Number(line.Averages.ReferralTotal),
        RankedBy.OneToOnes => Format.Number(line.Averages.OneToOneTotal),
        RankedBy.Business => Format.Money(line.Averages.BusinessTotal, line.Currency, 0),
        RankedBy.Visitors => Format.Number(line.Averages.VisitorTotal),
        _ => "",
    };

    private string Width(decimal? value) => _view!.Lines.Max(l => l.Value) is > 0 and var most ? string.Create(CultureInfo.InvariantCulture, $"{100 * (value ?? 0) / most:0.#}%") : "0%";

    private static string Written(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
