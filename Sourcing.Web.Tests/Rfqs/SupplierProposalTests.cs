using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;
using Sourcing.Data.Suppliers.Scorecards;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class SupplierProposalTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly SupplierEvidence Nothing = new(5, 0, 0, 0, 0, null, null, null, false, "", RiskLevel.Low);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    public static TheoryData<SupplierEvidence, int> Scores => new()
    {
        { Nothing, 8 + 15 },
        { Nothing with { Delivered = 5, PriceRatio = 0.8m, ResponseRate = 1, Reliability = 1, CategoryMatch = true }, 100 },
        { Nothing with { Delivered = 3, PriceRatio = 0.96m, ResponseRate = 0.91m, Reliability = 0.9m }, 24 + 12 + 14 + 13 },
        { Nothing with { PriceRatio = 1.2m, ResponseRate = 0, Reliability = 0 }, 0 },
        { Nothing with { PriceRatio = 1 }, 10 + 15 },
        { Nothing with { Quoted = 5 }, 28 + 8 + 15 },
        { Nothing with { Listed = 5 }, 24 + 8 + 15 },
        { Nothing with { Parts = 0, CategoryMatch = true }, 40 + 8 + 15 + 10 },
        { Nothing with { Standing = new("A", 91, StandingEffect.None) }, 8 + 15 },
        { Nothing with { Standing = new("C", 42.4m, StandingEffect.Warn) }, 8 + 15 - 10 },
        { Nothing with { PriceRatio = 1.2m, ResponseRate = 0, Reliability = 0, Standing = new("C", 42.4m, StandingEffect.Warn) }, 0 },
    };

    [Theory]
    [MemberData(nameof(Scores))]
    public void The_score_is_what_its_description_says(SupplierEvidence known, int score) => Assert.Equal(score, SupplierScore.Of(known));

    [Fact]
    public void Reasons_say_what_speaks_for_and_against()
    {
        var reasons = SupplierScore.Reasons(new(5, 3, 1, 0, 2, 0.96m, 0.91m, 0.6m, true, "Yarn", RiskLevel.High));
        Assert.Equal(
            ["delivered 3 of these 5 parts", "quoted 1", "preferred for 2", "price 4\u202f% below the median", "answers 91\u202f%", "on time 60\u202f%", "category Yarn", "high risk"],
            reasons.Select(r => r.Text));
        Assert.Equal(["on time 60\u202f%", "high risk"], reasons.Where(r => r.Speaks is false).Select(r => r.Text));
    }

    [Theory]
    [InlineData(StandingEffect.None, true)]
    [InlineData(StandingEffect.Warn, false)]
    public void The_standing_is_among_the_reasons(StandingEffect effect, bool speaks) =>
        Assert.Equal(new ProposalReason("standing C, 42 of 100", speaks), Assert.Single(SupplierScore.Reasons(Nothing with { Standing = new("C", 42.4m, effect) })));

    [Fact]
    public async Task Who_delivered_stands_before_who_lists_and_the_blocked_stand_last_with_the_reason()
    {
        var world = await Make.OrderWorldAsync(database);
        await Make.PlacedOrderAsync(database, world, OrderStatus.Received);
        var (lister, blocked, chosen) = (Make.NewSupplier("Aurora Lists"), Make.NewSupplier("Blocked Spinners"), Make.NewSupplier("Chosen Already"));
        await using var buyer = await database.AsAsync(Role.Buyer);
        var id = await buyer.Get<Database>().WriteAsync(async (db, ct) =>
        {
            blocked.Block(SupplierBlock.Rfq, "Late twice.", Make.Noon);
            db.AddRange(lister, blocked, chosen);
            foreach (var supplier in (Supplier[])[lister, blocked, chosen])
            {
                db.Add(new SupplierPart(supplier.Id, world.PartId, new(2.5m, "EUR") { Preferred = supplier == lister }));
            }

            var rfq = new Rfq(await Data.Operations.Numbers.NextNumberAsync(db, "RFQ", ct), buyer.User.Id, new("Yarn", "EUR", null, "UTC"));
            rfq.SetLines([(null, new("Yarn", 10, world.Kilogram) { PartId = world.PartId }), (null, new("Something else", 10, world.Kilogram))]);
            rfq.Invite(chosen.Id, chosen.Name, "", "");
            db.Add(rfq);
            await db.SaveChangesAsync(ct);
            return rfq.Id;
        }, _ct);

        var proposals = await buyer.Get<SupplierProposalQueries>().ForAsync(id, 10, _ct);
        Assert.Equal([world.SupplierId, lister.Id, blocked.Id], proposals.Select(p => p.SupplierId));
        Assert.Contains("delivered this part", proposals[0].Reasons.Select(r => r.Text));
        Assert.Contains("lists this part", proposals[1].Reasons.Select(r => r.Text));
        Assert.Contains("preferred for it", proposals[1].Reasons.Select(r => r.Text));
        Assert.Equal("Blocked since 20 Nov 2026: Late twice.", proposals[2].WhyNot);
        Assert.True(proposals[0].Score > proposals[1].Score);
    }

    [Fact]
    public async Task An_RFQ_of_free_text_is_proposed_the_suppliers_of_its_category()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        var (yarn, other) = (new Supplier(new("Y-1", "Yarn Makers", "EUR") { Category = "Spun yarn" }), new Supplier(new("B-1", "Box Makers", "EUR") { Category = "Boxes" }));
        var id = await buyer.Get<Database>().WriteAsync(async (db, ct) =>
        {
            var category = new PartCategory("SY", "Spun yarn");
            db.AddRange(category, yarn, other);
            var rfq = new Rfq(await Data.Operations.Numbers.NextNumberAsync(db, "RFQ", ct), buyer.User.Id, new("Yarn", "EUR", null, "UTC") { CategoryId = category.Id });
            rfq.SetLines([(null, new("Some yarn", 10, await Make.UnitAsync(db, "kg", ct)))]);
            db.Add(rfq);
            await db.SaveChangesAsync(ct);
            return rfq.Id;
        }, _ct);
        var proposal = Assert.Single(await buyer.Get<SupplierProposalQueries>().ForAsync(id, 10, _ct));
        Assert.Equal(yarn.Id, proposal.SupplierId);
        Assert.Equal("category Spun yarn", Assert.Single(proposal.Reasons).Text);
    }

    [Fact]
    public async Task Proposals_are_for_those_who_may_see_RFQs_and_suppliers()
    {
        await using var scope = await database.AsAsync(Role.SalesRep);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<SupplierProposalQueries>().ForAsync(Guid.Empty, 10, _ct));
    }
}
