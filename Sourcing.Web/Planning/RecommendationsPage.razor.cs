using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>What is to be ordered, one by one beside the list and many at once below it. The one that is open stands in the address.</summary>
public sealed partial class RecommendationsPage
{
    private static readonly ListView[] Usual =
    [
        new("Open", ""), new("To decide", "f.status=proposed"), new("Late", "f.riskCodes=late"), new("Accepted", "f.status=accepted"), new("Ordered", "f.status=converted"),
        new("Rejected", "f.status=rejected"), new("All", "f.status=proposed,accepted,converted,rejected,superseded"),
    ];

    private DataList<RecommendationRow>? _list;
    private PlanFindings? _findings;
    private ConversionOutcome? _made;
    private RenderFragment<IReadOnlyList<Guid>>? _bulk;

    /// <summary>The recommendation in the side panel.</summary>
    [SupplyParameterFromQuery(Name = "open")]
    private string? OpenId { get; set; }

    [Inject]
    private RecommendationList List { get; set; } = null!;

    [Inject]
    private RecommendationQueries Queries { get; set; } = null!;

    [Inject]
    private PlanFindingQueries Findings { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    private Guid? Chosen => Guid.TryParse(OpenId, out var id) ? id : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        // Who may decide nothing has nothing to do with a selection.
        if (User.May(Permission.PlanningAccept))
        {
            _bulk = ids => builder =>
            {
                builder.OpenComponent<RecommendationBulk>(0);
                builder.AddComponentParameter(1, nameof(RecommendationBulk.Ids), ids);
                builder.AddComponentParameter(2, nameof(RecommendationBulk.Done), EventCallback.Factory.Create<ConversionOutcome?>(this, DoneAsync));
                builder.CloseComponent();
            };
        }

        var (suppliers, categories) = await Queries.ChoicesAsync(CancellationToken.None);
        List.Offer(suppliers, categories);
        _findings = await Findings.CountsAsync(CancellationToken.None);
    }

    private static bool Waits(RecommendationRow row) => row.Status is RecommendationStatus.Proposed or RecommendationStatus.Accepted;

    private string Address(RecommendationRow row) => Navigation.GetUriWithQueryParameter("open", row.Id);

    private void Close() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", (string?)null));

    private async Task DoneAsync(ConversionOutcome? made)
    {
        _made = made ?? _made;
        _list?.ClearSelection();
        await ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        _findings = await Findings.CountsAsync(CancellationToken.None);
        if (_list is not null)
        {
            await _list.ReloadAsync();
        }
    }
}
