using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning;

/// <summary>Counting, moving and reserving, on a real database.</summary>
public sealed class StockServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_count_of_a_part_makes_its_stock_and_one_that_agrees_keeps_the_day_alone()
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        Assert.False((await planner.Get<StockQueries>().DetailsAsync(world.Part, _ct)).IsKept);
        await planner.CountAsync(world.Part, 120.5m, world.Kg);
        var stock = await planner.Get<StockQueries>().DetailsAsync(world.Part, _ct);
        Assert.Equal((true, 120.5m, 120.5m, 482m), (stock.IsKept, stock.OnHand, stock.Available, stock.Value)); // 120.5 kg at 4.00 EUR.
        Assert.NotNull(stock.CountedAt);

        await planner.CountAsync(world.Part, 120.5m, world.Kg, "");
        var again = await planner.Get<StockQueries>().DetailsAsync(world.Part, _ct);
        Assert.True(again.CountedAt > stock.CountedAt);
        var line = Assert.Single((await planner.Get<StockQueries>().LedgerAsync(world.Part, null, _ct)).Rows);
        Assert.Equal((StockMovementKind.Count, 120.5m, 120.5m, "Stock count", world.Planner.Name), (line.Kind, line.Quantity, line.Balance, line.Reason, line.By));

        var refusal = await Assert.ThrowsAnyAsync<RefusedException>(() => planner.CountAsync(world.Part, 100, world.Kg, " "));
        Assert.Contains("Say why", refusal.Message, StringComparison.Ordinal);
        await database.AssertLedgerHoldsAsync(world.Part);
    }

    [Fact]
    public async Task A_count_in_another_unit_converts_exactly_and_an_impossible_one_names_both_units()
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        await planner.CountAsync(world.Part, 12, world.Roll);
        Assert.Equal(540m, await planner.OnHandAsync(world.Part)); // 12 rolls of 45 kg.
        Assert.Equal($"Stock count, 12 {world.RollCode}", (await planner.Get<StockQueries>().LedgerAsync(world.Part, null, _ct)).Rows[0].Reason);
        await planner.CountAsync(world.Part, 1000, world.Lb);
        Assert.Equal(453.59237m, await planner.OnHandAsync(world.Part)); // The pound is 0.45359237 kg by definition.
        await planner.MoveAsync(world.Part, StockAct.Issue, 592.37m, world.G);
        Assert.Equal(453m, await planner.OnHandAsync(world.Part));
        await planner.CountAsync(world.Part, 1, world.Lb);
        Assert.Equal(0.453592m, await planner.OnHandAsync(world.Part)); // 0.45359237 to the six decimals that are kept.

        foreach (var (unit, code) in new[] { (world.Drum, world.DrumCode), (world.Metre, world.MetreCode) })
        {
            var refusal = await Assert.ThrowsAnyAsync<RefusedException>(() => planner.CountAsync(world.Part, 3, unit));
            Assert.Equal("UnitId", Assert.Single(refusal.Errors).Field);
            Assert.Contains($"No conversion from {code} to {world.KgCode}", refusal.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAnyAsync<RefusedException>(() => planner.CountAsync(world.Part, 3, Guid.CreateVersion7()));
        await Assert.ThrowsAnyAsync<RefusedException>(() => planner.MoveAsync(world.Part, StockAct.Issue, 0.0000004m, world.Kg));
        await Assert.ThrowsAnyAsync<RefusedException>(() => planner.MoveAsync(world.Part, StockAct.Issue, 0.0004m, world.G)); // 0.0000004 kg.
        await Assert.ThrowsAnyAsync<RefusedException>(() => planner.CountAsync(world.Part, 90_000_000_000m, world.Roll));
        Assert.Equal(0.453592m, await planner.OnHandAsync(world.Part));
        await database.AssertLedgerHoldsAsync(world.Part);
    }

    [Fact]
    public async Task Of_two_who_count_at_once_the_second_is_told()
    {
        var world = await database.StockWorldAsync();
        await using var first = database.As(world.Planner);
        await using var second = await database.AsAsync(Role.Planner);
        await first.CountAsync(world.Part, 100, world.Kg);
        StockCountForm Form(decimal counted) => new() { PartId = world.Part, OnHand = 100, Counted = counted, UnitId = world.Kg };
        var outcomes = await Task.WhenAll(OutcomeAsync(first.Get<StockService>().CountAsync(Form(90), _ct)), OutcomeAsync(second.Get<StockService>().CountAsync(Form(80), _ct)));
        Assert.Single(outcomes, o => o is null);
        Assert.Single(outcomes, o => o is ConflictException);
        Assert.Contains(await first.OnHandAsync(world.Part), new[] { 90m, 80m });

        var stale = new StockMoveForm { PartId = world.Part, Act = StockAct.Add, OnHand = 100, Quantity = 5, UnitId = world.Kg, Reason = "Found behind the loom" };
        await Assert.ThrowsAsync<ConflictException>(() => first.Get<StockService>().MoveAsync(stale, _ct));
        Assert.Equal(2, (await first.Get<StockQueries>().LedgerAsync(world.Part, null, _ct)).Rows.Count);
        await database.AssertLedgerHoldsAsync(world.Part);
    }

    [Fact]
    public async Task Two_first_counts_of_a_part_make_one_stock()
    {
        var world = await database.StockWorldAsync();
        await using var first = database.As(world.Planner);
        await using var second = await database.AsAsync(Role.Planner);
        StockCountForm Form() => new() { PartId = world.Part, Counted = 70, UnitId = world.Kg };
        var outcomes = await Task.WhenAll(OutcomeAsync(first.Get<StockService>().CountAsync(Form(), _ct)), OutcomeAsync(second.Get<StockService>().CountAsync(Form(), _ct)));
        Assert.Single(outcomes, o => o is null);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from inventory where part_id = $1", world.Part));
        Assert.Equal(70m, await first.OnHandAsync(world.Part));
    }

    [Fact]
    public async Task Issues_of_several_people_add_up_and_a_double_click_counts_once()
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        await planner.CountAsync(world.Part, 100, world.Kg);
        var scopes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => database.AsAsync(Role.Planner)));
        await Task.WhenAll(scopes.Select(s => s.Get<StockService>().MoveAsync(new() { PartId = world.Part, Act = StockAct.Issue, OnHand = 100, Quantity = 7, UnitId = world.Kg }, _ct)));
        Assert.Equal(58m, await planner.OnHandAsync(world.Part)); // 100 − 6 × 7.
        var form = new StockMoveForm { PartId = world.Part, Act = StockAct.Return, Quantity = 2, UnitId = world.Kg };
        await Task.WhenAll(scopes.Take(2).Select(s => s.Get<StockService>().MoveAsync(form, _ct)));
        Assert.Equal(60m, await planner.OnHandAsync(world.Part));
        await database.AssertLedgerHoldsAsync(world.Part);
        foreach (var scope in scopes)
        {
            await scope.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_left_has_left_and_a_correction_says_why()
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        await planner.CountAsync(world.Part, 10, world.Kg);
        await planner.MoveAsync(world.Part, StockAct.Issue, 25, world.Kg);
        var stock = await planner.Get<StockQueries>().DetailsAsync(world.Part, _ct);
        Assert.Equal((-15m, StockState.Negative), (stock.OnHand, stock.State));
        var refusal = await Assert.ThrowsAnyAsync<RefusedException>(() => planner.Get<StockService>().MoveAsync(
            new() { PartId = world.Part, Act = StockAct.TakeAway, OnHand = -15, Quantity = 1, UnitId = world.Kg }, _ct));
        Assert.Equal("Reason", Assert.Single(refusal.Errors).Field);
        await Assert.ThrowsAnyAsync<RefusedException>(() => planner.MoveAsync(world.Part, StockAct.Issue, -5, world.Kg));
        await Assert.ThrowsAnyAsync<RefusedException>(() => planner.MoveAsync(world.Part, StockAct.Issue, 0, world.Kg));
        await planner.MoveAsync(world.Part, StockAct.Add, 15, world.Kg);
        Assert.Equal(0m, await planner.OnHandAsync(world.Part));

        var service = await database.StockPartAsync(world.Kg, "Dyeing by contract", f => f.Type = PartType.Service);
        Assert.Contains("services are not stocked", (await Assert.ThrowsAnyAsync<RefusedException>(() => planner.CountAsync(service, 1, world.Kg))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MissingException>(() => planner.Get<StockService>().CountAsync(new() { PartId = Guid.CreateVersion7(), Counted = 1, UnitId = world.Kg }, _ct));
    }

    [Fact]
    public async Task What_is_allocated_is_the_sum_of_the_open_reservations()
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        await planner.CountAsync(world.Part, 100, world.Kg);
        var loom = await planner.ReserveAsync(world.Part, 30, world.Kg);
        var rolls = await planner.ReserveAsync(world.Part, 1, world.Roll, "Sample order");
        async Task<StockDetails> Stock() => await planner.Get<StockQueries>().DetailsAsync(world.Part, _ct);
        var stock = await Stock();
        Assert.Equal((75m, 25m), (stock.Allocated, stock.Available)); // 30 + 45; 100 − 75.

        var view = stock.Reservations.Single(r => r.Id == loom);
        var change = new ReservationForm { Id = loom, Version = view.Version, PartId = world.Part, Quantity = 40, UnitId = world.Kg, Reference = "Loom 4, more" };
        await planner.Get<StockService>().ReserveAsync(change, _ct);
        Assert.Equal(85m, (await Stock()).Allocated);
        await Assert.ThrowsAsync<ConflictException>(() => planner.Get<StockService>().ReserveAsync(
            new() { Id = loom, Version = view.Version, PartId = world.Part, Quantity = 1, UnitId = world.Kg, Reference = "Late" }, _ct));

        // Taken for a reservation: 15 of 40 leaves 25; 50 of 45 ends it, and the 5 beyond were free stock.
        await planner.MoveAsync(world.Part, StockAct.Issue, 15, world.Kg, loom);
        Assert.Equal((70m, 85m), ((await Stock()).Allocated, (await Stock()).OnHand));
        await planner.MoveAsync(world.Part, StockAct.Issue, 50, world.Kg, rolls);
        stock = await Stock();
        Assert.Equal((25m, 35m), (stock.Allocated, stock.OnHand));
        Assert.Contains("is over", (await Assert.ThrowsAnyAsync<RefusedException>(() => planner.MoveAsync(world.Part, StockAct.Issue, 1, world.Kg, rolls))).Message, StringComparison.Ordinal);
        Assert.Equal(35m, (await Stock()).OnHand);

        await planner.Get<StockService>().ReleaseAsync(loom, _ct);
        Assert.Equal((0m, 35m), ((await Stock()).Allocated, (await Stock()).Available));
        await Assert.ThrowsAsync<MissingException>(() => planner.Get<StockService>().ReleaseAsync(loom, _ct));
        await database.AssertLedgerHoldsAsync(world.Part);
    }

    [Fact]
    public async Task Reservations_made_at_once_are_all_allocated()
    {
        var world = await database.StockWorldAsync();
        var scopes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => database.AsAsync(Role.Planner)));
        await Task.WhenAll(scopes.Select((s, i) => s.ReserveAsync(world.Part, 10 + i, world.Kg)));
        Assert.Equal(60m, (await scopes[0].Get<StockQueries>().DetailsAsync(world.Part, _ct)).Allocated); // 10 + 11 + 12 + 13 + 14.
        await database.AssertLedgerHoldsAsync(world.Part);
        foreach (var scope in scopes)
        {
            await scope.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1971)]
    public async Task After_any_sequence_of_acts_the_ledger_adds_up(int seed)
    {
        var world = await database.StockWorldAsync();
        await using var planner = database.As(world.Planner);
        var random = new Random(seed);
        var expected = 0m;
        for (var i = 0; i < 60; i++)
        {
            var quantity = random.Next(1, 5000) / 16m;
            var stock = await planner.Get<StockQueries>().DetailsAsync(world.Part, _ct);
            Assert.Equal(expected, stock.OnHand);
            switch (random.Next(7))
            {
                case 0:
                    await planner.CountAsync(world.Part, quantity, world.Kg);
                    expected = quantity;
                    break;
                case 1:
                    await planner.MoveAsync(world.Part, StockAct.Issue, quantity, world.Kg);
                    expected -= quantity;
                    break;
                case 2:
                    await planner.MoveAsync(world.Part, StockAct.Return, quantity, world.Roll);
                    expected += quantity * 45;
                    break;
                case 3:
                    await planner.MoveAsync(world.Part, StockAct.TakeAway, quantity, world.Kg);
                    expected -= quantity;
                    break;
                case 4:
                    await planner.ReserveAsync(world.Part, quantity, world.Kg);
                    break;
                case 5 when stock.Reservations.Count > 0:
                    await planner.Get<StockService>().ReleaseAsync(stock.Reservations[random.Next(stock.Reservations.Count)].Id, _ct);
                    break;
                case 6 when stock.Reservations.Count > 0:
                    await planner.MoveAsync(world.Part, StockAct.Issue, quantity, world.Kg, stock.Reservations[random.Next(stock.Reservations.Count)].Id);
                    expected -= quantity;
                    break;
                default:
                    var grams = random.Next(1, 90_000);
                    await planner.MoveAsync(world.Part, StockAct.Add, grams, world.G);
                    expected += grams / 1000m;
                    break;
            }

            await database.AssertLedgerHoldsAsync(world.Part);
        }
    }

    [Fact]
    public async Task Nobody_acts_on_stock_without_the_permission_and_outsiders_do_not_see_it()
    {
        var world = await database.StockWorldAsync();
        await using (var planner = database.As(world.Planner))
        {
            await planner.CountAsync(world.Part, 10, world.Kg);
        }

        foreach (var role in new[] { Role.Buyer, Role.ReadOnly })
        {
            await using var scope = await database.AsAsync(role);
            Assert.Equal(10m, await scope.OnHandAsync(world.Part));
            var stock = scope.Get<StockService>();
            foreach (var deed in new Func<Task>[]
            {
                () => stock.CountAsync(new(), _ct), () => stock.MoveAsync(new(), _ct), () => stock.ReserveAsync(new(), _ct), () => stock.ReleaseAsync(world.Part, _ct), () => stock.MoveReceiptAsync(world.Part, _ct),
            })
            {
                await Assert.ThrowsAsync<DeniedException>(deed);
            }
        }

        foreach (var role in new[] { Role.SalesRep, Role.SalesManager, Role.Supplier, Role.ChapterLeader, Role.Exporter })
        {
            await using var scope = await database.AsAsync(role);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<StockQueries>().DetailsAsync(world.Part, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<StockQueries>().LedgerAsync(world.Part, null, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<StockQueries>().BriefAsync(world.Part, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<StockQualityQueries>().ProblemsAsync(_ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<InventoryList>().PageAsync(new(), _ct));
        }
    }

    private static async Task<Exception?> OutcomeAsync(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (RefusedException refusal)
        {
            return refusal;
        }
    }
}
