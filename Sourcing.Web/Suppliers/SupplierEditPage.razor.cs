using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Layout;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Suppliers;

/// <summary>Adds or changes a supplier, and warns of one that is there already.</summary>
public sealed partial class SupplierEditPage
{
    private SupplierForm? _form;
    private string _name = "";
    private bool _missing;
    private Guid? _read;
    private IReadOnlyList<SupplierDuplicate> _duplicates = [];

    /// <summary>Key of the supplier; null for a new one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [Inject]
    private SupplierQueries Queries { get; set; } = null!;

    [Inject]
    private SupplierService Suppliers { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    private IReadOnlyList<Crumb> Trail => Id is { } id ? [new("Suppliers", Links.Suppliers), new(_name, Links.Supplier(id))] : [new("Suppliers", Links.Suppliers)];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_form is not null && _read == Id)
        {
            return;
        }

        _read = Id;
        try
        {
            _form = Id is { } id ? await Queries.FormAsync(id, default) : new();
            _name = _form.Name;
        }
        catch (MissingException)
        {
            _missing = true;
        }
    }

    private async Task SaveAsync()
    {
        var id = await Suppliers.SaveAsync(_form!, default);
        Toasts.Done($"{_form!.Name} saved");
        Navigation.NavigateTo(Links.Supplier(id));
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
}
