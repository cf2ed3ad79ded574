using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>What a part is made of: its components to edit, all its levels, and where it goes itself.</summary>
public sealed partial class BomPage
{
    private BomDetails? _bom;
    private BomForm? _form;
    private IReadOnlyList<UnitFacts> _units = [];
    private Guid _read;
    private int _opened;
    private bool _missing;
    private bool _making;
    private bool _copying;
    private bool _replacing;

    [Parameter]
    public Guid PartId { get; set; }

    /// <summary>levels or where-used; null for the components.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>How many of the part the levels are reckoned for; null for one.</summary>
    [SupplyParameterFromQuery]
    public decimal? Quantity { get; set; }

    /// <summary>The day whose lines hold; null for today.</summary>
    [SupplyParameterFromQuery]
    public DateOnly? On { get; set; }

    [Inject]
    private BomQueries Queries { get; set; } = null!;

    [Inject]
    private CatalogQueries Catalog { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private bool MayChange => _bom is { } bom && May(bom);

    private bool May(BomDetails bom) => bom.MayChange && User.May(Permission.PlanningWrite);

    private BomSharePeriod? Now => _bom!.Shares.FirstOrDefault(s => s.From <= Format.Today && (s.To is null || s.To >= Format.Today));

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != PartId)
        {
            _read = PartId;
            (_bom, _making, _copying, _replacing) = (null, false, false, false);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            var bom = await Queries.DetailsAsync(PartId, CancellationToken.None);
            if (May(bom))
            {
                _units = _units.Count > 0 ? _units : await Catalog.UnitsAsync(CancellationToken.None);
                _form = BomEditor.WithRoom(await Queries.FormAsync(PartId, CancellationToken.None));
            }

            // Last: the page is drawn between two reads, and the form is for what it shows.
            (_bom, _missing) = (bom, false);
            _opened++;
        }
        catch (MissingException)
        {
            (_bom, _missing) = (null, true);
        }
    }

    private async Task CloseAsync(bool changed)
    {
        (_copying, _replacing) = (false, false);
        if (changed)
        {
            await LoadAsync();
        }
    }
}
