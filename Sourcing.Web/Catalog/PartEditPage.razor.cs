using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Web.Layout;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Catalog;

/// <summary>Adds or changes a part, and warns of one that is there already.</summary>
public sealed partial class PartEditPage
{
    private PartForm? _form;
    private string _number = "";
    private bool _missing;
    private Guid? _read;
    private IReadOnlyList<UnitFacts> _units = [];
    private IReadOnlyList<CategoryRow> _categories = [];
    private IReadOnlyList<PartDuplicate> _duplicates = [];

    /// <summary>Key of the part; null for a new one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [Inject]
    private PartQueries Queries { get; set; } = null!;

    [Inject]
    private CatalogQueries Catalog { get; set; } = null!;

    [Inject]
    private PartService Parts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    private IReadOnlyList<Crumb> Trail => Id is { } id ? [new("Parts", Links.Parts), new(_number, Links.Part(id))] : [new("Parts", Links.Parts)];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_form is not null && _read == Id)
        {
            return;
        }

        _read = Id;
        (_units, _categories) = (await Catalog.UnitsAsync(default), await Catalog.CategoriesAsync(default));
        try
        {
            _form = Id is { } id ? await Queries.FormAsync(id, default) : new();
            _number = _form.Number;
        }
        catch (MissingException)
        {
            _missing = true;
        }
    }

    private async Task SaveAsync()
    {
        var id = await Parts.SaveAsync(_form!, default);
        Toasts.Done($"{_form!.Number} saved");
        Navigation.NavigateTo(Links.Part(id));
    }

    // Only a hint: what the service refuses is refused there, and a search that takes too long is no reason to stop anybody.
    private async Task CheckAsync()
    {
        try
        {
            _duplicates = await Queries.DuplicatesAsync(_form!, default);
        }
        catch (RefusedException)
        {
            _duplicates = [];
        }
    }

    private static bool IsOther(CrossReferenceKind kind) => kind is CrossReferenceKind.Equivalent or CrossReferenceKind.ReplacedBy;

    private static void ForgetOther(CrossReferenceForm row)
    {
        if (!IsOther(row.Kind))
        {
            row.OtherPartId = null;
        }
    }

    private static void TakeNumber(CrossReferenceForm row, PartHit? part) => row.Number = part?.Number ?? row.Number;

    private static string KindWords(SpecificationKind kind) => kind == SpecificationKind.YesNo ? "Yes or no" : Words.Spaced(kind);

    private static string Why(DuplicateReason reason) => reason switch
    {
        DuplicateReason.Number => "the same number but for spaces and punctuation.",
        DuplicateReason.Reference => "it has this number among its cross-references.",
        _ => "the name is much alike and the maker the same.",
    };
}
