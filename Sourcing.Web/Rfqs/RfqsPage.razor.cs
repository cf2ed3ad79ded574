using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>RFQs as a board or as a table; which one, and what is shown, stands in the address.</summary>
public sealed partial class RfqsPage
{
    private static readonly ListView[] Usual =
    [
        new("All", ""), new("Open", "f.status=open"), new("To decide", "f.status=closed,evaluating"), new("Done", "f.status=awarded,completed"), new("Cancelled", "f.status=cancelled"),
    ];

    private DataList<RfqRow>? _list;
    private bool _offered;

    [SupplyParameterFromQuery(Name = "view")]
    private string? ViewName { get; set; }

    [SupplyParameterFromQuery(Name = "buyer")]
    private string? Buyer { get; set; }

    [SupplyParameterFromQuery(Name = "category")]
    private string? Category { get; set; }

    [SupplyParameterFromQuery(Name = "deadline")]
    private string? Deadline { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private RfqList List { get; set; } = null!;

    [Inject]
    private RfqQueries Queries { get; set; } = null!;

    [Inject]
    private CatalogQueries Catalog { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    private bool Table => ViewName == "table";

    private BoardFilter Filter => new(
        Guid.TryParse(Buyer, out var buyer) ? buyer : null, Guid.TryParse(Category, out var category) ? category : null,
        (DeadlineFilter?)Words.FromSnake(typeof(DeadlineFilter), Deadline ?? ""), Text is { Length: > 200 } ? Text[..200] : Text ?? "");

    /// <summary>The two ways of seeing, for the switch.</summary>
    internal static IReadOnlyList<ViewSwitch.Option> Views(NavigationManager navigation, bool table)
    {
        var text = ListAddress.Of(navigation.Uri).Request.Search;
        return
        [
            new("Board", navigation.GetUriWithQueryParameters(Links.Rfqs, new Dictionary<string, object?> { ["q"] = Null(text) }), !table, "view_kanban"),
            new("Table", navigation.GetUriWithQueryParameters(Links.Rfqs, new Dictionary<string, object?> { ["view"] = "table", ["q"] = Null(text) }), table, "table_rows"),
        ];
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Table && !_offered)
        {
            var categories = await Catalog.CategoriesAsync(CancellationToken.None);
            var buyers = await Queries.BuyersAsync(CancellationToken.None);
            List.Offer([.. categories.Select(c => new Choice(c.Id.ToString(), c.Path))], [.. buyers.Select(b => new Choice(b.Id.ToString(), b.Name))]);
            _offered = true;
        }
    }

    private static string? Null(string text) => text.Length == 0 ? null : text;

    // Typing replaces the address, so that the way back is not letter by letter.
    private void Show(BoardFilter filter) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(Links.Rfqs, new Dictionary<string, object?>
        {
            ["buyer"] = filter.BuyerId?.ToString(), ["category"] = filter.CategoryId?.ToString(),
            ["deadline"] = filter.Deadline is { } within ? Words.Snake(within.ToString()) : null, ["q"] = Null(filter.Text.Trim()),
        }),
        new NavigationOptions { ReplaceHistoryEntry = filter with { Text = "" } == Filter with { Text = "" } });
}
