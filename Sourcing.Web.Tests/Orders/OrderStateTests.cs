using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>Every verb in every state: what is allowed moves, what is not is refused and changes nothing.</summary>
public sealed class OrderStateTests
{
    private static readonly Dictionary<string, (Action<Order> Act, Dictionary<OrderStatus, OrderStatus> Allowed)> Verbs = new()
    {
        ["edit"] = (o => o.Edit(o.SupplierId, "EUR", Make.Terms(), [Make.OrderLine()]), new() { [OrderStatus.Draft] = OrderStatus.Draft }),
        ["request approval"] = (o => o.RequestApproval(Guid.CreateVersion7(), Make.Noon), new() { [OrderStatus.Draft] = OrderStatus.Draft }),
        ["approve"] = (o => o.Approve(new(Guid.CreateVersion7(), "Ana", null), o.Total, Make.Noon), new() { [OrderStatus.Draft] = OrderStatus.Approved }),
        ["back to draft"] = (o => o.BackToDraft(), new() { [OrderStatus.Approved] = OrderStatus.Draft }),
        ["reopen"] = (o => o.Reopen("The rest comes after all"), new() { [OrderStatus.Closed] = OrderStatus.Received }),
        ["refund"] = (o => o.Refund(1, new(2026, 11, 20), "Transfer", ""), []),
        ["issue"] = (o => o.Issue("Ana", "ana@example.test", "", Make.Noon), new() { [OrderStatus.Approved] = OrderStatus.Issued }),
        ["acknowledge"] = (o => o.Acknowledge(Make.Noon), new() { [OrderStatus.Issued] = OrderStatus.Acknowledged }),
        ["start production"] = (o => o.StartProduction(Make.Noon),
            new() { [OrderStatus.Issued] = OrderStatus.InProduction, [OrderStatus.Acknowledged] = OrderStatus.InProduction }),
        ["ship"] = (o => o.Ship("Nordfracht", "", ShipmentMode.Truck, null, Make.Noon, Make.Noon), OpenTo(OrderStatus.Shipped)),
        ["receive a part"] = (o => o.Receive(o.Lines[1].Id, 1, 0, null, "", Make.Noon, Guid.CreateVersion7(), Make.Noon), OpenTo(OrderStatus.PartiallyReceived)),
        ["propose a date"] = (o => o.ProposeDate(o.Lines[1].Id, new(2026, 12, 24), "Yarn is late", Guid.CreateVersion7(), Make.Noon),
            OrderStates.Open.ToDictionary(s => s)),
        ["close with a reason"] = (o => o.Close("The rest is not wanted", Make.Noon),
            new() { [OrderStatus.PartiallyReceived] = OrderStatus.Closed, [OrderStatus.Received] = OrderStatus.Closed }),
        ["cancel"] = (o => o.Cancel("Project stopped", Make.Noon), new[]
        {
            OrderStatus.Draft, OrderStatus.Approved, OrderStatus.Issued, OrderStatus.Acknowledged, OrderStatus.InProduction, OrderStatus.Shipped,
        }.ToDictionary(s => s, _ => OrderStatus.Cancelled)),
        ["pay"] = (o => o.Pay(1, new(2026, 11, 20), "Transfer", ""),
            new[] { OrderStatus.Received, OrderStatus.Closed }.Concat(OrderStates.Open).ToDictionary(s => s)),
        ["delete"] = (o => o.DemandDeletable(), new() { [OrderStatus.Draft] = OrderStatus.Draft }),
    };

    public static TheoryData<string, OrderStatus> Moves()
    {
        var data = new TheoryData<string, OrderStatus>();
        foreach (var verb in Verbs.Keys)
        {
            foreach (var status in Enum.GetValues<OrderStatus>())
            {
                data.Add(verb, status);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public void A_verb_moves_from_the_states_it_may_leave_and_is_refused_in_all_others(string verb, OrderStatus from)
    {
        var order = Make.Order(from);
        var (act, allowed) = Verbs[verb];
        if (allowed.TryGetValue(from, out var to))
        {
            act(order);
            Assert.Equal(to, order.Status);
        }
        else
        {
            var refusal = Assert.Throws<RefusedException>(() => act(order));
            Assert.NotEmpty(refusal.Message);
            Assert.Equal(from, order.Status);
        }
    }

    [Fact]
    public void Totals_are_the_sums_of_rounded_lines_with_freight_and_tax()
    {
        var order = Make.Order(OrderStatus.Draft, Make.OrderLine(3, 0.335m), Make.OrderLine(7, 1.2345m));
        order.Edit(order.SupplierId, "EUR", Make.Terms(freight: 12.5m, taxRate: 19), [.. order.Lines.Select(l => Make.OrderLine(l.Quantity, l.UnitPrice, id: l.Id))]);
        Assert.Equal([1.01m, 8.64m], order.Lines.Select(l => l.Amount));
        Assert.Equal((9.65m, 4.21m, 26.36m), (order.Subtotal, order.Tax, order.Total));
    }

    [Fact]
    public void An_edit_keeps_line_numbers_and_names_the_row_at_fault()
    {
        var order = Make.Order();
        var second = order.Lines[1];
        order.Edit(order.SupplierId, "EUR", Make.Terms(), [Make.OrderLine(id: second.Id), Make.OrderLine(5)]);
        Assert.Equal([20, 30], order.Lines.Select(l => l.LineNo));
        var refusal = Assert.Throws<RefusedException>(() => order.Edit(order.SupplierId, "EUR", Make.Terms(), [Make.OrderLine(), Make.OrderLine(0)]));
        Assert.Equal("Lines[1].Quantity", Assert.Single(refusal.Errors).Field);
    }

    [Fact]
    public void A_total_above_the_limit_is_refused_and_whoever_asked_cannot_give_the_approval()
    {
        var order = Make.Order();
        var buyer = Guid.CreateVersion7();
        Assert.Contains("EUR 650.00 and your approval limit is EUR 500.00",
            Assert.Throws<RefusedException>(() => order.Approve(new(buyer, "Mira", 500), 650, Make.Noon)).Message, StringComparison.Ordinal);
        order.RequestApproval(buyer, Make.Noon);
        Assert.Contains("another person", Assert.Throws<RefusedException>(() => order.Approve(new(buyer, "Mira", null), 650, Make.Noon)).Message, StringComparison.Ordinal);
        Assert.Throws<RefusedException>(() => order.DeclineApproval(buyer, "No"));
        order.Approve(new(Guid.CreateVersion7(), "Ana", 650), 650, Make.Noon);
        Assert.Equal(OrderStatus.Approved, order.Status);
    }

    [Fact]
    public void A_change_takes_the_request_for_approval_back()
    {
        var order = Make.Order();
        order.RequestApproval(Guid.CreateVersion7(), Make.Noon);
        order.Edit(order.SupplierId, "EUR", Make.Terms(), [Make.OrderLine()]);
        Assert.Null(order.Internal.ApprovalRequestedAt);
    }

    [Fact]
    public void Dates_follow_the_lines_still_to_come()
    {
        var order = Make.Order(OrderStatus.Issued,
            Make.OrderLine(10, needBy: new(2026, 12, 1), promised: new(2026, 12, 5)), Make.OrderLine(20, needBy: new(2026, 12, 10), promised: new(2026, 12, 8)));
        Assert.True(order.IsAtRisk);
        Assert.Equal((new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 8), new DateOnly(2026, 12, 5)), (order.ExpectedDate, order.PromisedDate, order.DueDate));
        order.Receive(order.Lines[0].Id, 10, 0, null, "", Make.Noon, Guid.CreateVersion7(), Make.Noon);
        Assert.False(order.IsAtRisk);
        Assert.Equal((new DateOnly(2026, 12, 10), new DateOnly(2026, 12, 8)), (order.ExpectedDate, order.DueDate));
    }

    [Fact]
    public void A_later_proposal_replaces_an_open_one_and_only_an_accepted_one_changes_the_date()
    {
        var order = Make.Order(OrderStatus.Issued, Make.OrderLine(needBy: new(2026, 12, 1)));
        var first = order.ProposeDate(order.Lines[0].Id, new(2026, 12, 9), "Loom down", Guid.CreateVersion7(), Make.Noon);
        var second = order.ProposeDate(order.Lines[0].Id, new(2026, 12, 7), "Loom mended", Guid.CreateVersion7(), Make.Noon);
        Assert.Equal(DateChangeStatus.Superseded, first.Status);
        Assert.Null(order.Lines[0].PromisedDate);
        Assert.Throws<RefusedException>(() => order.DecideDate(first.Id, true, "", Guid.CreateVersion7(), Make.Noon));
        Assert.Throws<RefusedException>(() => order.DecideDate(second.Id, false, "", Guid.CreateVersion7(), Make.Noon));
        order.DecideDate(second.Id, true, "", Guid.CreateVersion7(), Make.Noon);
        Assert.Equal(new DateOnly(2026, 12, 7), order.Lines[0].PromisedDate);
        Assert.True(order.IsAtRisk);
    }

    [Fact]
    public void Payments_add_up_to_paid_and_never_beyond()
    {
        var order = Make.Order(OrderStatus.Issued);
        order.Pay(600, new(2026, 11, 20), "Transfer", "A");
        Assert.Equal(PaymentStatus.PartiallyPaid, order.PaymentStatus);
        Assert.Contains("at most EUR 50.00", Assert.Throws<RefusedException>(() => order.Pay(50.01m, new(2026, 11, 21), "Transfer", "B")).Message, StringComparison.Ordinal);
        order.Pay(50, new(2026, 11, 21), "Transfer", "B");
        Assert.Equal(PaymentStatus.Paid, order.PaymentStatus);
    }

    [Fact]
    public void An_imported_order_is_received_as_far_as_its_receipts_say()
    {
        var order = Order.Imported("SCMS-4", "SCMS-4", Guid.CreateVersion7(), "USD", Guid.CreateVersion7(), null, Make.Noon.AddDays(-90), Make.Terms(),
            [(Make.OrderLine(10), Make.Noon, 10), (Make.OrderLine(20), null, 0)], Guid.CreateVersion7());
        Assert.Equal((OrderStatus.PartiallyReceived, OrderSource.Import), (order.Status, order.Source));
        Assert.Equal(0.3333m, order.ReceivedShare);
    }

    private static Dictionary<OrderStatus, OrderStatus> OpenTo(OrderStatus to) =>
        OrderStates.Open.ToDictionary(s => s, s => s == OrderStatus.PartiallyReceived ? s : to);
}
