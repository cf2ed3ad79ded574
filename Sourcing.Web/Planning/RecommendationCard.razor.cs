using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>Shows one recommendation and takes the decision about it.</summary>
public sealed partial class RecommendationCard
{
    private RecommendationDetails? _row;
    private bool _editing;
    private bool _missing;
    private Guid _loaded;
    private RecommendationsForm? _act;
    private ConvertRecommendationsForm? _convert;

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>On the material's own page, which says for itself what it is, how it stands and what needs it.</summary>
    [Parameter]
    public bool Bare { get; set; }

    /// <summary>Something was decided.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    [Inject]
    private RecommendationQueries Queries { get; set; } = null!;

    [Inject]
    private RecommendationService Service { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    private bool Waits => _row!.Status is RecommendationStatus.Proposed or RecommendationStatus.Accepted;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_loaded != Id)
        {
            (_loaded, _row, _editing) = (Id, null, false);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            var row = await Queries.DetailsAsync(Id, CancellationToken.None);
            if (row.Version != _row?.Version || row.Id != _row.Id)
            {
                var refs = new[] { new RecommendationRef(row.Id, row.Version) };
                // One key for as long as it stands like this: a second press does nothing twice.
                (_act, _convert) = (new() { Rows = refs }, new() { Rows = refs });
            }

            (_row, _missing) = (row, false);
        }
        catch (MissingException)
        {
            (_row, _missing) = (null, true);
        }
    }

    private async Task AcceptAsync()
    {
        await DoAsync(() => Service.AcceptAsync(_act!, CancellationToken.None));
        Toasts.Done("Recommendation accepted", async () =>
        {
            await TakeBackAsync();
            StateHasChanged();
        });
    }

    private Task TakeBackAsync() => DoAsync(() => Service.TakeBackAsync(_act!, CancellationToken.None));

    private async Task RejectAsync()
    {
        if (await Dialogs.OpenAsync<RejectDialog>("Reject recommendation", new() { ["Form"] = new RejectRecommendationsForm { Rows = _act!.Rows } }, 480) is true)
        {
            await LoadAsync();
            await Changed.InvokeAsync();
        }
    }

    private Task ToRfqAsync() => ConvertAsync(async form => await Service.ToRfqAsync(form, CancellationToken.None));

    private Task ToOrderAsync() => ConvertAsync(form => Conversions.ToOrdersAsync(Service, Dialogs, form));

    private async Task ConvertAsync(Func<ConvertRecommendationsForm, Task<ConversionOutcome?>> convert)
    {
        ConversionOutcome? made = null;
        await DoAsync(async () => made = await convert(_convert!));
        if (made is not null)
        {
            Toasts.Done($"{PlanningWords.Made(made)} made as a draft");
        }
    }

    // Whether it worked or not, what is shown is what stands now: of two who decide at once, the second sees who was first.
    private async Task DoAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        finally
        {
            await LoadAsync();
            StateHasChanged();
        }

        await Changed.InvokeAsync();
    }

    private async Task EditedAsync(bool changed)
    {
        _editing = false;
        await LoadAsync();
        if (changed)
        {
            await Changed.InvokeAsync();
        }
    }
}
