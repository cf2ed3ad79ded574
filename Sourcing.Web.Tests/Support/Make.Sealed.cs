using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Web.Tests.Support;

/// <summary>Sealed RFQs, made as people make them.</summary>
public static partial class Make
{
    /// <summary>An RFQ of EUR that is sealed and open for a week.</summary>
    public static async Task<MadeRfq> SealedRfqAsync(TestDatabase database, int suppliers = 3, int lines = 2, UserIdentity? buyer = null)
    {
        var rfq = await DraftRfqAsync(database, suppliers, lines, buyer);
        await using var scope = database.As(rfq.Buyer);
        var form = await scope.Get<RfqQueries>().FormAsync(rfq.Id, Ct);
        form.Sealed = true;
        await scope.Get<RfqService>().SaveAsync(form, Ct);
        await scope.Get<RfqService>().OpenAsync(new() { Id = rfq.Id, Version = (await scope.Get<RfqQueries>().DetailsAsync(rfq.Id, Ct))!.Version }, Ct);
        return rfq;
    }

    /// <summary>Ends the bidding before the deadline.</summary>
    public static async Task CloseAsync(TestDatabase database, MadeRfq rfq)
    {
        await using var scope = database.As(rfq.Buyer);
        await scope.Get<RfqService>().CloseAsync(new() { Id = rfq.Id }, Ct);
    }

    /// <summary>Asks these suppliers again; the round before is closed.</summary>
    public static async Task StartRoundAsync(TestDatabase database, MadeRfq rfq, int round, params int[] suppliers)
    {
        await using var scope = database.As(rfq.Buyer);
        await scope.Get<RoundService>().StartAsync(NextRound(rfq, round, suppliers), Ct);
    }

    /// <summary>The buyer agrees to the opening of the round.</summary>
    public static async Task ConsentAsync(TestDatabase database, MadeRfq rfq, UserIdentity? by = null, int round = 1)
    {
        await using var scope = database.As(by ?? rfq.Buyer);
        await scope.Get<OpeningService>().ConsentAsync(new() { Id = rfq.Id, Round = round }, Ct);
    }

    /// <summary>The buyer agrees, and another one opens the round. Gives the other one.</summary>
    public static async Task<UserIdentity> OpenBidsAsync(TestDatabase database, MadeRfq rfq, int round = 1)
    {
        await ConsentAsync(database, rfq, round: round);
        var second = await database.UserAsync(null, [Role.Buyer]);
        await using var scope = database.As(second);
        await scope.Get<OpeningService>().OpenAsync(new() { Id = rfq.Id, Round = round }, Ct);
        return second;
    }
}
