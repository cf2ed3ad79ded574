using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Sales;
using Sourcing.Data.Sales.Merging;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Sales;

/// <summary>One customer: what it buys, what was said, what comes next.</summary>
public sealed partial class CustomerPage
{
    private CustomerDetails? _customer;
    private CustomerFigures? _figures;
    private bool _missing;
    private Guid _read;

    /// <summary>Key of the customer.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The open tab; null for the timeline.</summary>
    [Parameter]
    public string? Tab { get; set; }

    [Inject]
    private CustomerQueries Queries { get; set; } = null!;

    [Inject]
    private CustomerService Customers { get; set; } = null!;

    [Inject]
    private CustomerMergeQueries Merging { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Id)
        {
            _read = Id;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var customer = await Queries.DetailsAsync(Id, default);
        if (customer is null or { DeletedAt: not null } && await Merging.LeadsToAsync(Id, default) is { } lead)
        {
            // An old address, in a mail or a bookmark: it leads to what the customer is now.
            Navigation.NavigateTo(Links.Customer(lead.KeptId), replace: true);
            return;
        }

        var figures = customer is null ? null : await Queries.FiguresAsync(Id, default);
        (_figures, _customer, _missing) = (figures, customer, customer is null);
    }

    // Silent longer than its tier is left alone.
    private Hue? SilenceHue(CustomerFigures figures) =>
        figures.LastContactAt is { } at && (Format.Today.DayNumber - DateOnly.FromDateTime(Format.Local(at).DateTime).DayNumber) > CustomerRules.SilenceDays(_customer!.Tier) ? Hue.Amber : null;

    private async Task AssignAsync()
    {
        if (await Dialogs.OpenAsync<AssignDialog>($"Give {_customer!.Name} to a representative", new() { ["Form"] = new AssignForm { Ids = [Id], SalesRepId = _customer.SalesRepId } }, 480) is true)
        {
            await ReadAsync();
        }
    }

    private async Task ToggleActiveAsync()
    {
        await Customers.SetActiveAsync([Id], !_customer!.IsActive, default);
        await ReadAsync();
        Toasts.Done($"{_customer!.Name} is {(_customer.IsActive ? "active" : "inactive")} now");
    }

    private async Task DeleteAsync()
    {
        await Customers.DeleteAsync([Id], default);
        await ReadAsync();
        Toasts.Done($"{_customer?.Name} deleted", async () => await InvokeAsync(RestoreAsync));
    }

    private async Task RestoreAsync()
    {
        await Customers.RestoreAsync([Id], default);
        await ReadAsync();
        StateHasChanged();
    }
}
