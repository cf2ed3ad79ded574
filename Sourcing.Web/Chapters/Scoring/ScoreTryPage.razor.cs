using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Web.Chapters.Reports;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Chapters.Scoring;

/// <summary>What a member's points would be by any scheme that the person reads, with planned deeds and months rolling out. Nothing of it is kept.</summary>
public sealed partial class ScoreTryPage
{
    private ScoreSimulation? _data;
    private NextBand? _next;
    private bool _missing;
    private Guid _read;
    private Plan _plan = new();

    /// <summary>The member.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SchemeTestQueries Queries { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private SchemeRow Scheme => _data!.Schemes.First(s => s.Id == _plan.SchemeId);

    /// <summary>The score with the months that come in and what is planned.</summary>
    private Light Then => _next!.Then;

    /// <summary>What the scheme gives points for.</summary>
    private IEnumerable<Deed> Deeds => Scheme.Scheme.Rules.Select(r => SchemeWords.DeedOf(r.Measure)).OfType<Deed>().Distinct().Order();

    // The cheapest plan is not told twice.
    private IReadOnlyList<DeedPlan> Alone => [.. _next!.Alone.Where(a => !(_next.Cheapest is { Deeds.Count: 1 } plan && plan.Deeds[0].Deed == a.Deeds[0].Deed))];

    private string Guessed => _data!.Coming.Take(_plan.Months).Where(c => !c.IsPlanned).Select(c => SchemeWords.Month(c.Month)).ToList() is { Count: > 0 } months
        ? $"No meeting of {string.Join(", ", months)} is on the calendar yet; every weekday of the chapter was counted." : "";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == Id)
        {
            return;
        }

        var id = _read = Id;
        (_data, _next, _missing) = (null, null, false);
        var found = await Queries.SimulationAsync(id, default);
        if (_read != id)
        {
            return;
        }

        (_data, _missing) = (found, found is not { Schemes.Count: > 0 });
        if (!_missing)
        {
            _plan = new() { SchemeId = _data!.Schemes[0].Id };
            Reckon();
        }
    }

    private static decimal Highest(Deed deed) => deed == Deed.Business ? 1_000_000_000 : 1_000;

    private void Reckon() =>
        _next = NextBand.Of(Scheme.Scheme, _data!.Months, [.. _data.Coming.Take(_plan.Months).Select(c => c.Meetings)], target: _plan.Target, planned: _plan.Tally(Deeds));

    // What is no number, below 0 or beyond what can be meant is cut to what can.
    private void Take(Deed deed, string? text)
    {
        var value = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var typed) ? Math.Clamp(typed, 0, Highest(deed)) : 0;
        _plan.Set(deed, deed == Deed.Business ? Sourcing.Data.Chapters.Reckoning.Reckon.Round(value, 2) : decimal.Truncate(value));
        Reckon();
    }

    private void Forget()
    {
        _plan = new() { SchemeId = _data!.Schemes[0].Id };
        Reckon();
    }

    private string Value(LightLine line) => line.Rule.Measure == Measure.Business ? Format.Money(line.Value, _data!.Rights.Currency, 0) : Format.Number(line.Value, 0, 2);

    private string Sentence(DeedPlan plan)
    {
        var words = ReportWords.Of(plan, m => Format.Money(m, _data!.Rights.Currency, m == decimal.Truncate(m) ? 0 : 2));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private sealed class Plan
    {
        private readonly Dictionary<Deed, decimal> _deeds = [];

        public Guid SchemeId { get; set; }

        /// <summary>How many months roll in.</summary>
        public int Months { get; set; }

        /// <summary>Null for the next band.</summary>
        public Band? Target { get; set; }

        public bool Any => _deeds.Values.Any(v => v > 0) || Months > 0 || Target is not null;

        public string Of(Deed deed) => _deeds.GetValueOrDefault(deed).ToString("0.##", CultureInfo.InvariantCulture);

        public void Set(Deed deed, decimal units) => _deeds[deed] = units;

        /// <summary>What is planned of the deeds that the scheme counts.</summary>
        public Tally Tally(IEnumerable<Deed> counted) => counted.Aggregate(Data.Chapters.Reckoning.Tally.Nothing, (tally, deed) => NextBand.With(tally, deed, _deeds.GetValueOrDefault(deed)));
    }
}
