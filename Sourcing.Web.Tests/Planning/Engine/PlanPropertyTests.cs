using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Suppliers;

namespace Sourcing.Web.Tests.Planning.Engine;

/// <summary>What holds for every plan, on many generated mills, each from a fixed seed.</summary>
public sealed class PlanPropertyTests
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Stock_with_the_plan_never_falls_below_the_safety_stock_unless_it_is_flagged(int seed)
    {
        var plan = PlanEngine.Run(RandomMill.Of(seed), ct: TestContext.Current.CancellationToken);
        foreach (var row in plan.Rows.Where(r => !r.IsSkipped && !r.Material.IsPhantom))
        {
            var series = row.Series();
            var unit = 1m / (decimal)Math.Pow(10, row.Material.UnitDecimals);
            for (var b = 0; b < plan.Buckets.Count; b++)
            {
                var lacking = row.Safety.Quantity - series.WithPlan[b];
                var fenced = plan.Buckets[b].Start < plan.Input.AsOf.AddDays(row.Material.FrozenFenceDays ?? plan.Input.Settings.FrozenFenceDays);
                var expedited = plan.Messages.Any(m => m.Material.Id == row.Material.Id && m.Kind is PlanMessageKind.Expedite) || series.Receipts.Skip(b + 1).Any(r => r > 0);
                Assert.True(lacking < unit || fenced || expedited, $"{row.Material.Number} lacks {lacking} in bucket {b}.");
                Assert.True(!fenced || lacking < unit || plan.Messages.Any(m => m.Material.Id == row.Material.Id && m.Kind == PlanMessageKind.FrozenShortage));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_table_keeps_its_balance_and_needs_are_the_parents_releases(int seed)
    {
        var plan = PlanEngine.Run(RandomMill.Of(seed), ct: TestContext.Current.CancellationToken);
        foreach (var row in plan.Rows)
        {
            var (s, stock) = (row.Series(), row.OpeningStock);
            for (var b = 0; b < plan.Buckets.Count; b++)
            {
                Assert.Equal(s.FirmOrders[b] + s.Forecast[b] + s.Dependent[b] + s.Reservations[b], s.Gross[b]);
                stock += s.Receipts[b] - s.Gross[b];
                Assert.Equal(Math.Max(0, row.Safety.Quantity - stock), s.Net[b]);
                stock += s.PlannedReceipts[b];
                Assert.Equal(stock, s.WithPlan[b]);
            }

            Assert.Equal(s.PlannedReceipts.Sum(), s.PlannedReleases.Sum());
            var taken = plan.Input.BomLines.Where(l => l.ComponentId == row.Material.Id).Sum(l => plan.Orders
                .Where(o => o.Material.Id == l.ParentId && (l.ValidFrom is null || o.ReleaseDate >= l.ValidFrom) && (l.ValidTo is null || o.ReleaseDate <= l.ValidTo))
                .Sum(o => o.Quantity / o.Facts.Yield * l.QuantityPer / (1 - l.Scrap)));
            Assert.True(Math.Abs(taken - s.Dependent.Sum()) < 0.001m, $"{row.Material.Number}: {taken} taken, {s.Dependent.Sum()} needed.");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pegs_come_to_each_order_and_to_each_need_and_so_do_trees(int seed)
    {
        var plan = PlanEngine.Run(RandomMill.Of(seed), ct: TestContext.Current.CancellationToken);
        foreach (var order in plan.Orders)
        {
            Assert.Equal(order.Quantity, plan.Pegging.PartsOf(order.Index).Sum(p => p.Quantity));
            Assert.Equal(order.Quantity, plan.Pegging.EndDemands(order.Index).Sum(p => p.Quantity));
            Whole(plan.Pegging.DemandTree(order.Index, 300));
        }

        foreach (var row in plan.Rows)
        {
            foreach (var need in plan.Pegging.DemandsOf(row.Material.Id))
            {
                Assert.Equal(need.Quantity, plan.Pegging.SuppliesOf(row.Material.Id, need.Index).Sum(p => p.Quantity));
            }
        }

        static void Whole(PegNode node)
        {
            if (node.Children.Count > 0)
            {
                Assert.Equal(node.RootQuantity, node.Children.Sum(c => c.RootQuantity));
            }

            foreach (var child in node.Children)
            {
                Whole(child);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Equal_input_gives_equal_output_whatever_the_threads_and_the_order_of_rows(int seed)
    {
        var input = RandomMill.Of(seed);
        var one = Print(PlanEngine.Run(input with { Settings = input.Settings with { MaxThreads = 1 } }, ct: TestContext.Current.CancellationToken));
        var two = Print(PlanEngine.Run(input with { Settings = input.Settings with { MaxThreads = 2 } }, ct: TestContext.Current.CancellationToken));
        var random = new Random(seed);
        var shuffled = Print(PlanEngine.Run(input with
        {
            Materials = Shuffled(input.Materials), BomLines = Shuffled(input.BomLines), Offers = Shuffled(input.Offers), Receipts = Shuffled(input.Receipts),
            Forecasts = Shuffled(input.Forecasts), FirmOrders = Shuffled(input.FirmOrders), Reservations = Shuffled(input.Reservations),
        }, ct: TestContext.Current.CancellationToken));
        Assert.Equal(one, two);
        Assert.Equal(one, shuffled);

        T[] Shuffled<T>(IReadOnlyList<T> rows)
        {
            var copy = rows.ToArray();
            random.Shuffle(copy);
            return copy;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_second_run_proposes_nothing_new_once_all_is_accepted(int seed)
    {
        var input = RandomMill.Of(seed);
        var plan = PlanEngine.Run(input, ct: TestContext.Current.CancellationToken);
        Assert.True(PlanDiff.Compare(plan, PlanEngine.Run(input, ct: TestContext.Current.CancellationToken)).IsEmpty);

        var accepted = plan.Orders.Where(o => o.Kind != PlannedOrderKind.PassThrough).Select(o => new PlanReceipt
        {
            Id = Mill.Key($"accepted {o.Index}"), MaterialId = o.Material.Id, Quantity = o.Quantity, Date = o.NeedDate,
            Kind = o.Kind == PlannedOrderKind.Make ? PlanReceiptKind.Production : PlanReceiptKind.Accepted,
            ComponentsNeededOn = o.Kind == PlannedOrderKind.Make ? o.ReleaseDate : null,
        });
        var again = PlanEngine.Run(input with { Receipts = [.. input.Receipts, .. accepted] }, ct: TestContext.Current.CancellationToken);
        Assert.Empty(again.Orders.Where(o => o.Kind != PlannedOrderKind.PassThrough).Select(o => $"{o.Material.Number} {o.Quantity} {o.NeedDate}"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_order_falls_below_its_net_need_and_quantities_keep_the_suppliers_rules(int seed)
    {
        var input = RandomMill.Of(seed);
        var plan = PlanEngine.Run(input, ct: TestContext.Current.CancellationToken);
        foreach (var siblings in plan.Orders.GroupBy(o => (o.Material.Id, o.Bucket)).Where(g => g.First().Kind != PlannedOrderKind.PassThrough))
        {
            Assert.True(siblings.Sum(o => o.Quantity) >= siblings.First().Facts.NetNeed);
        }

        foreach (var order in plan.Orders.Where(o => o.Kind == PlannedOrderKind.Purchase))
        {
            var offer = input.Offers.Single(o => o.MaterialId == order.Material.Id && o.SupplierId == order.SupplierId);
            Assert.True(order.Quantity >= offer.Moq, $"{order.Quantity} below {offer.Moq}.");
            Assert.True(offer.OrderMultiple == 0 || order.Quantity % offer.OrderMultiple == 0);
            Assert.True(offer.MaxOrder is null || order.Quantity <= offer.MaxOrder);
            Assert.True(order.Urgency is >= 0 and <= 1);
            Assert.NotEmpty(Reasoning.Render(order, "EUR", plan.Pegging.EndDemands(order.Index, 3)));
        }

        foreach (var contract in plan.Orders.Where(o => o.OfferId is null && o.SupplierId is not null).GroupBy(o => (o.Material.Id, o.SupplierId)))
        {
            var offer = input.Offers.Single(o => o.MaterialId == contract.Key.Id && o.SupplierId == contract.Key.SupplierId);
            Assert.True(offer.ContractRemaining is null || contract.Sum(o => o.Quantity) <= offer.ContractRemaining);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_snapshot_gives_back_the_same_input(int seed)
    {
        var input = RandomMill.Of(seed);
        var bytes = PlanSnapshot.Write(input);
        var read = PlanSnapshot.Read(bytes);

        Assert.Equal(bytes, PlanSnapshot.Write(read));
        Assert.Equal(PlanSnapshot.HashOf(input), PlanSnapshot.HashOf(read));
        // A list is itself alone; what it holds is compared beside it.
        static PlanMaterial Bare(PlanMaterial m) => m.Demand is null ? m : m with { Demand = m.Demand with { History = [] } };
        var materials = input.Materials.OrderBy(m => m.Number, StringComparer.Ordinal).ToList();
        Assert.Equal(materials.Select(Bare), read.Materials.Select(Bare));
        Assert.Equal(materials.Select(m => m.Demand?.History), read.Materials.Select(m => m.Demand?.History));
        Assert.Equal(Print(PlanEngine.Run(input, ct: TestContext.Current.CancellationToken)), Print(PlanEngine.Run(read, ct: TestContext.Current.CancellationToken)));
    }

    /// <summary>All that a run gives, as text.</summary>
    private static string Print(PlanResult plan) => string.Join('\n',
        new[] { plan.InputHash, plan.Status.ToString(), plan.Counts.ToString() }
            .Concat(plan.Rows.Select(r => $"{r.Material.Number} {r.Level} {r.OpeningStock} {r.ReorderPoint} {r.Safety} {r.Lot} {r.CoverDays} {string.Join(' ', r.Series().WithPlan)}"))
            .Concat(plan.Orders.Select(o => $"{o.Index} {o.Material.Number} {o.SupplierName} {o.Quantity} {o.NeedDate:O} {o.ReleaseDate:O} {o.TotalCost} {o.Urgency} {o.Risks} {Reasoning.Render(o, "EUR")} {string.Join(' ', plan.Pegging.PartsOf(o.Index))}"))
            .Concat(plan.Messages.Select(m => $"{m.Kind} {m.OrderIndex} {Reasoning.Sentence(m)}"))
            .Concat(plan.Issues.Select(i => $"{i.Code} {i.Message}")));
}

/// <summary>A small mill with a bit of everything, the same for the same seed.</summary>
internal static class RandomMill
{
    public static PlanInput Of(int seed)
    {
        var random = new Random(seed);
        var mill = new Mill();
        mill.Settings = mill.Settings with
        {
            BucketCount = random.Next(8, 20), FrozenFenceDays = random.Next(3) == 0 ? random.Next(1, 20) : 0, WorkingDayLeadTimes = random.Next(2) == 0,
            ExcessCoverDays = random.Next(2) == 0 ? 60 : null, Bucket = random.Next(5) == 0 ? BucketSize.Day : BucketSize.Week,
        };
        string[] styles = [.. Enumerable.Range(0, 4).Select(i => $"Style{i}")], parts = [.. Enumerable.Range(0, 5).Select(i => $"Part{i}")];
        string[] kits = ["Kit0", "Kit1"], yarns = [.. Enumerable.Range(0, 6).Select(i => $"Yarn{i}")];
        foreach (var made in styles.Concat(parts))
        {
            mill.Made(made, random.Next(0, 60), random.Next(1, 15), m => m with
            {
                Yield = 1 - (random.Next(4) * 0.05m), LotMethod = Pick(random, LotMethod.LotForLot, LotMethod.Fixed, LotMethod.PeriodicOrderQuantity), FixedLot = 40,
                PeriodsOfSupply = 2, MadeMultiple = random.Next(3) * 6, SafetyOverride = random.Next(3) == 0 ? random.Next(30) : null,
            });
        }

        foreach (var kit in kits)
        {
            mill.Phantom(kit, random.Next(2) * 5);
        }

        foreach (var yarn in yarns)
        {
            Yarn(mill, random, yarn);
        }

        foreach (var style in styles)
        {
            Lines(mill, random, style, [.. parts, .. kits, .. yarns]);
            Demand(mill, random, style);
        }

        foreach (var part in parts.Concat(kits))
        {
            Lines(mill, random, part, yarns);
        }

        Demand(mill, random, "Part0");
        return mill.Input();
    }

    private static void Yarn(Mill mill, Random random, string yarn)
    {
        mill.Bought(yarn, random.Next(-5, 100), m => m with
        {
            LotMethod = Pick(random, Enum.GetValues<LotMethod>()), FixedLot = 25, BackorderCost = 3, IsCritical = random.Next(3) == 0, UnitDecimals = random.Next(0, 4),
            SafetyMethod = Pick<SafetyStockMethod?>(random, null, SafetyStockMethod.ServiceLevel, SafetyStockMethod.FillRate, SafetyStockMethod.Percent, SafetyStockMethod.Intermittent),
            SafetyPercent = 0.2m, FrozenFenceDays = random.Next(4) == 0 ? random.Next(0, 15) : null, ExpediteToleranceDays = random.Next(3) == 0 ? 2 : null,
            DeferToleranceDays = random.Next(3) == 0 ? 20 : null, ExcessCoverDays = random.Next(3) == 0 ? 30 : null,
            Demand = random.Next(3) switch
            {
                0 => new(7, 40, 12),
                1 => new(7, null, null, 6) { Basis = PlanDemandBasis.Exploded, Periods = 20, History = [.. Enumerable.Range(0, 20).Select(_ => (decimal)(random.Next(3) == 0 ? random.Next(40) : 0))] },
                _ => null,
            },
        });
        for (var i = random.Next(0, 4); i > 0; i--)
        {
            mill.Offer(yarn, $"Supplier{i}", 1 + random.Next(1, 9), random.Next(1, 40), o => o with
            {
                Moq = random.Next(3) * 20, OrderMultiple = random.Next(3) * 5, MaxOrder = random.Next(4) == 0 ? 200 : null, Reliability = 0.6m + (random.Next(4) * 0.1m),
                RiskLevel = Pick(random, Enum.GetValues<RiskLevel>()), ContractRemaining = random.Next(4) == 0 ? 150 : null, ContractLimit = 200,
                LeadTimeSigma = random.Next(2) == 0 ? null : 2, Tiers = [new(0, 5), new(100, 4 + (random.Next(1, 10) * 0.1m))],
            });
        }

        for (var i = random.Next(0, 3); i > 0; i--)
        {
            mill.Receipt(yarn, random.Next(10, 80), Mill.Today.AddDays(random.Next(-5, 70)), $"PO-{yarn}-{i}");
        }
    }

    private static void Lines(Mill mill, Random random, string parent, string[] components)
    {
        foreach (var component in components.OrderBy(_ => random.Next()).Take(random.Next(2, 5)).ToList())
        {
            mill.Takes(parent, component, 0.25m * random.Next(1, 9), l => l with
            {
                Scrap = random.Next(3) * 0.02m, ValidTo = random.Next(8) == 0 ? Mill.Week(5) : null, ValidFrom = random.Next(8) == 0 ? Mill.Week(2) : null,
            });
        }
    }

    private static void Demand(Mill mill, Random random, string material)
    {
        for (var w = 0; w < 12; w++)
        {
            mill.Forecast(material, random.Next(0, 60), Mill.Week(w)).Forecast(material, random.Next(0, 60), Mill.Week(w), "projection");
        }

        mill.Order(material, random.Next(1, 90), Mill.Today.AddDays(random.Next(-10, 120))).Order(material, random.Next(1, 90), Mill.Today.AddDays(random.Next(0, 60)), "SO-2", 1)
            .Reserve(material, random.Next(1, 20), Mill.Today.AddDays(random.Next(0, 30)));
    }

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
