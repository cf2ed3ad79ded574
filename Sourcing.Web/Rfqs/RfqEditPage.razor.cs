using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>Writes a draft: head and lines as one form.</summary>
public sealed partial class RfqEditPage
{
    private RfqForm? _form;
    private string _number = "";
    private string? _refusal;
    private bool _missing;
    private IReadOnlyList<UnitFacts> _units = [];
    private IReadOnlyList<CategoryRow> _categories = [];
    private IReadOnlyList<string> _currencies = [];

    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>Parts that a new RFQ begins with.</summary>
    [SupplyParameterFromQuery(Name = "parts")]
    private string? Parts { get; set; }

    [Inject]
    private RfqQueries Queries { get; set; } = null!;

    [Inject]
    private RfqService Service { get; set; } = null!;

    [Inject]
    private CatalogQueries Catalog { get; set; } = null!;

    [Inject]
    private PartQueries PartQueries { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string SealedHint => _form!.Sealed
        ? "Nobody can read a price before two people open the bids after the deadline, an admin neither; each supplier gets a receipt. Quotes by e-mail and files with quotes are refused. It cannot be changed once the RFQ has gone out."
        : "Whoever may see the RFQ reads each quote when it comes.";

    private string? DeadlineHint => _form!.Deadline is null ? "Needed before it is opened" : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _units = await Catalog.UnitsAsync(CancellationToken.None);
        _categories = await Catalog.CategoriesAsync(CancellationToken.None);
        _currencies = await Queries.CurrenciesAsync(CancellationToken.None);
        try
        {
            var form = Id is null ? await NewAsync() : await ReloadAsync();
            _number = Id is { } id ? (await Queries.DetailsAsync(id, CancellationToken.None))!.Number : "";
            _form = form;
        }
        catch (MissingException)
        {
            _missing = true;
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal.Message;
        }
    }

    private async Task<RfqForm> ReloadAsync() => RfqLinesEditor.WithRoom(await Queries.FormAsync(Id!.Value, CancellationToken.None));

    private async Task<RfqForm> NewAsync()
    {
        Guid[] ids = [.. (Parts ?? "").Split(',').Select(p => Guid.TryParse(p, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Take(Links.MostPartsOfNewRfq)];
        var parts = ids.Length == 0 ? [] : await PartQueries.ByIdAsync(ids, CancellationToken.None);
        return RfqLinesEditor.WithRoom(new()
        {
            DeadlineTimeZone = User.Identity.TimeZone.Id,
            Lines = [.. parts.Select(p => new RfqLineForm { PartId = p.Id, PartNumber = p.Number, Description = p.Name, UnitId = p.UnitId })],
        });
    }

    private void ChooseSeal(ChangeEventArgs choice) => _form!.Sealed = choice.Value is "sealed";

    private async Task SaveAsync()
    {
        var id = await Service.SaveAsync(_form!, CancellationToken.None);
        Toasts.Done("The draft is saved");
        Navigation.NavigateTo(Links.Rfq(id));
    }
}
