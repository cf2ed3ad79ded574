using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Awarding;

namespace Sourcing.Web.Rfqs;

/// <summary>What somebody had chosen and written when another's award came first.</summary>
public sealed record KeptChoice(AwardScenarioKind Scenario, IReadOnlyDictionary<(Guid Line, Guid QuoteLine), decimal> Chosen, string Justification);

/// <summary>The quotes of an RFQ side by side, and the award. How it is looked at stands in the address; what is chosen, only here.</summary>
public sealed partial class ComparisonPage
{
    private static readonly ChipMenu.Choice[] Shows = [new("price", "unit price"), new("cost", "line cost"), new("paid", "place in prices paid")];
    private static readonly ChipMenu.Choice[] Withs = [new("target", "target"), new("last_paid", "last paid"), new("median", "median")];

    private ComparisonView? _view;
    private bool _missing;
    private AwardScenarioKind _scenario = AwardScenarioKind.CheapestPerLine;
    private Dictionary<(Guid Line, Guid QuoteLine), decimal> _chosen = [];
    private ComparisonLine? _split;
    private AwardForm _form = new();
    private RfqDetails? _head;
    private KeptChoice? _kept;
    private bool _showsKept;
    private bool _touched;
    private bool _whole;
    private Guid? _saved;

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "show")] private string? ShowQuery { get; set; }

    [SupplyParameterFromQuery(Name = "with")] private string? WithQuery { get; set; }

    [SupplyParameterFromQuery(Name = "only")] private string? Only { get; set; }

    /// <summary>The saved scenario that is to be carried out.</summary>
    [SupplyParameterFromQuery(Name = "scenario")] private Guid? ScenarioQuery { get; set; }

    [Inject] private RfqQueries Rfqs { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    private string Show => ShowQuery is "cost" or "paid" ? ShowQuery : "price";

    private string With => WithQuery is "last_paid" or "median" ? WithQuery : "target";

    private SavingsBaseline Baseline => With switch
    {
        "last_paid" => SavingsBaseline.LastPaid,
        "median" => SavingsBaseline.Median,
        _ => SavingsBaseline.Target,
    };

    private DateOnly? FirstExpiry => _view!.Quotes.Where(q => !q.Expired).Min(q => q.ValidUntil);

    /// <summary>May award, and the RFQ waits for it.</summary>
    private bool CanAward => User.May(Permission.RfqsAward) && _view!.Status is RfqStatus.Closed or RfqStatus.Evaluating
        && _view.Award is null or { Status: AwardStatus.Declined };

    private IReadOnlyList<ComparisonLine> ShownLines => Only switch
    {
        "missing" => [.. _view!.Lines.Where(l => Cells(l).Any(c => c.Standing is OfferStanding.Missing or OfferStanding.NoQuote))],
        "outliers" => [.. _view!.Lines.Where(l => Cells(l).Any(c => c.Outlier))],
        _ => _view!.Lines,
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_view?.RfqId != Id && !_missing)
        {
            // What was chosen belongs to the RFQ that was shown before.
            (_chosen, _kept, _touched) = ([], null, false);
            await LoadAsync();
        }
    }

    private IEnumerable<ComparedOffer> Cells(ComparisonLine line) => _view!.Quotes.Select(q => _view.Comparison.Offer(line.Id, q.QuoteId));

    private async Task LoadAsync()
    {
        try
        {
            (_view, _head) = (await Queries.ForAsync(Id, CancellationToken.None), await Rfqs.DetailsAsync(Id, CancellationToken.None));
        }
        catch (MissingException)
        {
            _missing = true;
            return;
        }

        _form = new() { Id = Id, Version = _view.Version, Justification = _form.Justification, Baseline = _form.Baseline };
        if (_view.Award is { Status: not AwardStatus.Declined } award)
        {
            (_scenario, _chosen, _showsKept) = (award.Scenario, Awarded(award), false);
        }
        else if (!_touched && _view.Scenarios.FirstOrDefault(s => s.Id == ScenarioQuery && !s.Stale) is { } asked)
        {
            PickSaved(asked);
        }
        else if (_touched && _scenario == AwardScenarioKind.Saved && _view.Scenarios.FirstOrDefault(s => s.Id == _saved && !s.Stale) is { } still)
        {
            PickSaved(still);
        }
        else
        {
            Pick(_touched && _scenario != AwardScenarioKind.Saved ? _scenario : AwardProposal.Best(_view.CheapestPerLine, _view.OneSupplier).Kind);
        }
    }

    // Somebody quoted, awarded or approved: what was chosen here stays where it still can, and beside another's award where it cannot.
    private async Task ReloadAsync()
    {
        var (scenario, chosen, could, before) = (_scenario, _chosen, _view is not null && CanAward, _view?.Award?.Id);
        await LoadAsync();
        if (_view is null || !could)
        {
            return;
        }

        var offers = _view.QuoteInputs.SelectMany(q => q.Offers).Select(o => (o.RfqLineId, o.QuoteLineId)).ToHashSet();
        var still = chosen.Where(c => offers.Contains(c.Key)).ToDictionary();
        if (CanAward && scenario == AwardScenarioKind.ByHand)
        {
            (_scenario, _chosen) = (scenario, still);
        }
        else if (_touched && _view.Award is { Status: not AwardStatus.Declined } award && award.Id != before && award.DecidedBy != User.Id)
        {
            _kept = new(scenario, still, _form.Justification.Trim());
        }
    }

    private void ShowKept(bool show) => (_showsKept, _chosen) = (show, show ? _kept!.Chosen.ToDictionary() : Awarded(_view!.Award!));

    private void ForgetKept()
    {
        ShowKept(false);
        _kept = null;
    }

    private static Dictionary<(Guid Line, Guid QuoteLine), decimal> Awarded(AwardView award) => award.Lines.ToDictionary(a => (a.RfqLineId, a.QuoteLineId), a => a.Quantity);

    // Only lines in sight are drawn of a long comparison; paper shows them all.
    private async Task PrintAsync()
    {
        _whole = true;
        StateHasChanged();
        await Js.InvokeVoidAsync("print");
        _whole = false;
    }

    private void Picked(AwardScenarioKind scenario)
    {
        _touched = true;
        Pick(scenario);
    }

    private void PickedSaved(ScenarioView scenario)
    {
        _touched = true;
        PickSaved(scenario);
    }

    private void PickSaved(ScenarioView scenario) => (_scenario, _saved, _chosen) = (AwardScenarioKind.Saved, scenario.Id, scenario.Chosen(_view!).ToDictionary());

    /// <summary>The saved scenario that is chosen; null for another way.</summary>
    private ScenarioView? Saved => _scenario == AwardScenarioKind.Saved ? _view?.Scenarios.FirstOrDefault(s => s.Id == _saved) : null;

    private void Pick(AwardScenarioKind scenario)
    {
        _scenario = scenario;
        var proposal = scenario switch
        {
            AwardScenarioKind.CheapestPerLine => _view!.CheapestPerLine,
            AwardScenarioKind.OneSupplier => _view!.OneSupplier,
            _ => null,
        };
        if (proposal is not null)
        {
            var asked = _view!.Lines.ToDictionary(l => l.Id, l => l.Quantity);
            _chosen = proposal.Choices.ToDictionary(c => (c.RfqLineId, c.QuoteLineId), c => asked[c.RfqLineId]);
        }
    }

    /// <summary>A click on an offer gives it the whole line; a second click takes it away again.</summary>
    private void Choose((Guid Line, Guid QuoteLine) offer)
    {
        var alone = _chosen.ContainsKey(offer) && _chosen.Keys.Count(k => k.Line == offer.Line) == 1;
        _chosen = _chosen.Where(c => c.Key.Line != offer.Line).ToDictionary();
        if (!alone)
        {
            _chosen[offer] = _view!.Lines.Single(l => l.Id == offer.Line).Quantity;
        }

        (_scenario, _touched) = (AwardScenarioKind.ByHand, true);
    }

    private void SplitSaved(IReadOnlyDictionary<Guid, decimal> quantities)
    {
        _chosen = _chosen.Where(c => c.Key.Line != _split!.Id).ToDictionary();
        foreach (var (quoteLine, quantity) in quantities.Where(q => q.Value > 0))
        {
            _chosen[(_split!.Id, quoteLine)] = quantity;
        }

        (_scenario, _split, _touched) = (AwardScenarioKind.ByHand, null, true);
    }

    private async Task AwardAsync()
    {
        _form = _form with
        {
            Scenario = _scenario, ScenarioId = Saved?.Id,
            Choices = [.. _chosen.Select(c => new AwardFormLine { RfqLineId = c.Key.Line, QuoteLineId = c.Key.QuoteLine, Quantity = c.Value })],
        };
        _touched = true;
        try
        {
            await Awards.AwardAsync(_form, CancellationToken.None);
        }
        catch (RefusedException refusal)
        {
            // Another's deed is shown, who did it and when; what was chosen and typed here stays. A refusal draws nothing by itself.
            await ReloadAsync();
            StateHasChanged();
            throw refusal is ConflictException && _kept is null
                ? new RefusedException("This RFQ changed while you were choosing. The page shows it as it is now; your choice is still here where it can be.")
                : refusal is ConflictException ? new RefusedException($"{_view!.Award!.DecidedByName} awarded {_view.Number} a moment ago. Your choice is kept beside the award.") : refusal;
        }

        await LoadAsync();
        Toasts.Done(_view!.Award is { Status: AwardStatus.Waiting } ? "The award waits for approval." : "Awarded. The orders are made, and the suppliers are told.");
    }

    private async Task ApproveAsync(AwardApprovalForm form)
    {
        await Awards.ApproveAsync(form, CancellationToken.None);
        await LoadAsync();
        Toasts.Done("Approved. The orders are made, and the suppliers are told.");
    }

    private async Task DeclineAsync(AwardApprovalForm form)
    {
        await Awards.DeclineAsync(form, CancellationToken.None);
        await LoadAsync();
        Toasts.Done("Declined. The buyer can award anew.");
    }

    private void Say(string name, object? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, value as string), replace: true);
}
