using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

public sealed class ReceivingTests
{
    [Fact]
    public void Partial_receipts_add_up_and_what_was_rejected_is_still_owed()
    {
        var order = Make.Order(OrderStatus.Issued, Make.OrderLine(100));
        Receive(order, 60);
        Receive(order, 20, 20, RejectReason.Damaged);
        Assert.Equal((80m, 20m, 20m, OrderStatus.PartiallyReceived), (order.Lines[0].ReceivedQuantity, order.Lines[0].RejectedQuantity, order.Lines[0].OpenQuantity, order.Status));
        Assert.Equal(0.8m, order.ReceivedShare);
        Receive(order, 20);
        Assert.Equal((OrderStatus.Received, Make.Noon), (order.Status, order.ReceivedAt));
    }

    [Fact]
    public void A_delivery_that_is_rejected_whole_receives_nothing()
    {
        var order = Make.Order(OrderStatus.Shipped, Make.OrderLine(100));
        Receive(order, 0, 100, RejectReason.WrongItem);
        Assert.Equal((OrderStatus.Shipped, 100m), (order.Status, order.Lines[0].OpenQuantity));
    }

    [Theory]
    [InlineData(105, true)]
    [InlineData(105.0001, false)]
    public void More_than_ordered_is_taken_in_up_to_five_percent(decimal quantity, bool taken)
    {
        var order = Make.Order(OrderStatus.Issued, Make.OrderLine(100));
        if (taken)
        {
            Receive(order, quantity);
            Assert.Equal((OrderStatus.Received, 1m), (order.Status, order.ReceivedShare));
            return;
        }

        var refusal = Assert.Throws<RefusedException>(() => Receive(order, quantity));
        Assert.Contains("of 100 kg ordered, and at most 5 % more", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((OrderStatus.Issued, 0m), (order.Status, order.Lines[0].ReceivedQuantity));
    }

    [Fact]
    public void A_rejection_needs_a_reason_and_other_needs_words()
    {
        var order = Make.Order(OrderStatus.Issued);
        Assert.Equal("Reason", Assert.Single(Assert.Throws<RefusedException>(() => Receive(order, 1, 1)).Errors).Field);
        Assert.Equal("Note", Assert.Single(Assert.Throws<RefusedException>(() => Receive(order, 1, 1, RejectReason.Other)).Errors).Field);
        Assert.Throws<RefusedException>(() => Receive(order, 0));
        Assert.Throws<RefusedException>(() => Receive(order, -1));
        Assert.Throws<RefusedException>(() => Receive(order, 0, 106, RejectReason.Damaged));
    }

    [Fact]
    public void Goods_cannot_arrive_in_the_future()
    {
        var order = Make.Order(OrderStatus.Issued);
        Assert.Throws<RefusedException>(() => order.Receive(order.Lines[0].Id, 1, 0, null, "", Make.Noon.AddDays(1), Guid.CreateVersion7(), Make.Noon));
    }

    [Fact]
    public void A_receipt_taken_back_takes_the_state_with_it()
    {
        var order = Make.Order(OrderStatus.Shipped, Make.OrderLine(100));
        var first = Receive(order, 40);
        var second = Receive(order, 60);
        Assert.Equal(OrderStatus.Received, order.Status);
        order.TakeBack(second);
        Assert.Equal((OrderStatus.PartiallyReceived, 60m), (order.Status, order.Lines[0].OpenQuantity));
        order.TakeBack(first);
        Assert.Equal((OrderStatus.Shipped, 0m), (order.Status, order.ReceivedShare));
    }

    [Fact]
    public void Closing_short_needs_a_reason()
    {
        var order = Make.Order(OrderStatus.PartiallyReceived);
        Assert.Equal("Reason", Assert.Single(Assert.Throws<RefusedException>(() => order.Close(" ", Make.Noon)).Errors).Field);
        order.Close("The rest is not wanted", Make.Noon);
        Assert.Equal("The rest is not wanted", order.CloseReason);
    }

    private static Receipt Receive(Order order, decimal quantity, decimal rejected = 0, RejectReason? reason = null) =>
        order.Receive(order.Lines[0].Id, quantity, rejected, reason, "", Make.Noon, Guid.CreateVersion7(), Make.Noon);
}
