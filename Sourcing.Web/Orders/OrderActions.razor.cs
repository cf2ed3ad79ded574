using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Orders;

/// <summary>The buttons of one order.</summary>
public sealed partial class OrderActions
{
    [Parameter, EditorRequired]
    public OrderDetails Order { get; set; } = null!;

    /// <summary>The order is in another state.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>Asks for a panel.</summary>
    [Parameter]
    public EventCallback<OrderPanel> Open { get; set; }

    [Inject]
    private OrderFlowService Flow { get; set; } = null!;

    [Inject]
    private OrderService Drafts { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool Writes => User.May(Permission.OrdersWrite);

    private bool Approves => User.May(Permission.OrdersApprove);

    private Guid? Asked => Order.Inside?.ApprovalRequestedBy;

    private OrderAct Act => new(Order.Id, Order.Version);

    private Task ApproveAsync() => RunAsync(() => Flow.ApproveAsync(Act, CancellationToken.None), "approved");

    private Task AskAsync() => RunAsync(() => Flow.RequestApprovalAsync(Act, CancellationToken.None), "waits for approval");

    private Task BackToDraftAsync() => RunAsync(() => Flow.BackToDraftAsync(Act, CancellationToken.None), "is a draft again");

    private Task AcknowledgeAsync() => RunAsync(() => Flow.AcknowledgeAsync(Act, CancellationToken.None), "marked as acknowledged");

    private Task StartProductionAsync() => RunAsync(() => Flow.StartProductionAsync(Act, CancellationToken.None), "marked as in production");

    private Task CloseAsync() => RunAsync(() => Flow.CloseAsync(new() { Id = Order.Id, Version = Order.Version }, CancellationToken.None), "closed");

    private async Task DeleteAsync()
    {
        if (!await Dialogs.ConfirmAsync($"Delete {Order.Number}", "The draft goes from the list. You can bring it back right after.", "Delete draft", danger: true))
        {
            return;
        }

        var (id, number) = (Order.Id, Order.Number);
        try
        {
            await Drafts.DeleteAsync(Act, CancellationToken.None);
            Toasts.Done($"{number} deleted", async () =>
            {
                await Drafts.RestoreAsync(id, CancellationToken.None);
                Navigation.NavigateTo(Links.Order(id));
            });
            Navigation.NavigateTo(Links.Orders);
        }
        catch (RefusedException refusal)
        {
            Toasts.Refused(refusal.Message);
        }
    }

    // Menu items have no guard of their own; a conflict shows the order as it is now.
    private async Task RunAsync(Func<Task> act, string done)
    {
        try
        {
            await act();
            Toasts.Done($"{Order.Number} {done}");
        }
        catch (RefusedException refusal)
        {
            Toasts.Refused(refusal is ConflictException ? "Somebody else changed this order a moment ago. It is shown as it is now." : refusal.Message);
        }

        await Changed.InvokeAsync();
    }
}
