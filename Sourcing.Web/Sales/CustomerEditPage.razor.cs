using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Sales;
using Sourcing.Web.Layout;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Sales;

/// <summary>Adds or changes a customer, and warns of one that is there already.</summary>
public sealed partial class CustomerEditPage
{
    private CustomerForm? _form;
    private string _name = "";
    private bool _missing;
    private Guid? _read;
    private IReadOnlyList<CustomerDuplicate> _duplicates = [];

    /// <summary>Key of the customer; null for a new one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [Inject]
    private CustomerQueries Queries { get; set; } = null!;

    [Inject]
    private CustomerService Customers { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    private IReadOnlyList<Crumb> Trail => Id is { } id ? [new("Customers", Links.Customers), new(_name, Links.Customer(id))] : [new("Customers", Links.Customers)];

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
            _form = Id is { } id ? await Queries.FormAsync(id, default) : new() { SalesRepId = User.Identity.Access == DatabaseAccess.Rep ? User.Id : null };
            _name = _form.Name;
        }
        catch (MissingException)
        {
            _missing = true;
        }
    }

    private async Task SaveAsync()
    {
        var id = await Customers.SaveAsync(_form!, default);
        Toasts.Done($"{_form!.Name} saved");
        Navigation.NavigateTo(Links.Customer(id));
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
