using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Tests.Support;

/// <summary>Rounds, made as a buyer makes them.</summary>
public static partial class Make
{
    /// <summary>A form for the round after this one with these suppliers, open for a week.</summary>
    public static NextRoundForm NextRound(MadeRfq rfq, int round, params int[] suppliers) => new()
    {
        Id = rfq.Id, Round = round, Deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(7), DeadlineTimeZone = "UTC", SupplierIds = [.. suppliers.Select(s => rfq.Suppliers[s])],
    };

    /// <summary>Closes the RFQ and starts its next round with these suppliers.</summary>
    public static async Task NextRoundAsync(TestDatabase database, MadeRfq rfq, int round, int[] suppliers, Action<NextRoundForm>? change = null)
    {
        await using var buyer = database.As(rfq.Buyer);
        await buyer.Get<RfqService>().CloseAsync(new() { Id = rfq.Id }, TestContext.Current.CancellationToken);
        var form = NextRound(rfq, round, suppliers);
        change?.Invoke(form);
        await buyer.Get<RoundService>().StartAsync(form, TestContext.Current.CancellationToken);
    }
}
