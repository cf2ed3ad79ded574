using Bunit;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Web.Orders;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Orders;

/// <summary>Blanket agreements: 1,000 kg at 2.40 (2.20 from 200) for a year, called off by orders.</summary>
public sealed class AgreementTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task A_call_off_is_a_line_at_the_agreed_price_and_takes_from_what_is_left()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        var first = await CallOffAsync(buyer, agreement.Lines[0].Id, 100);
        Assert.Equal(first, await CallOffAsync(buyer, agreement.Lines[0].Id, 200));
        var order = await buyer.Get<OrderQueries>().DetailsAsync(first, _ct);
        Assert.Equal([(10, 100m, 2.4m), (20, 200m, 2.2m)], order.Lines.Select(l => (l.LineNo, l.Quantity, l.UnitPrice)));
        Assert.Equal((agreement.Number, "45 days net", 680m), (order.Agreements.Single().Number, order.PaymentTerms, order.Total));
        var after = await buyer.Get<AgreementQueries>().DetailsAsync(agreement.Id, _ct);
        Assert.Equal((300m, 700m, 680m, 2), (after.Lines[0].Used, after.Lines[0].Left, after.UsedValue, after.CallOffs.Count));
    }

    [Fact]
    public async Task A_second_click_calls_off_once()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        var form = new CallOffForm { LineId = agreement.Lines[0].Id, Quantity = 100 };
        Assert.Equal(await buyer.Get<AgreementService>().CallOffAsync(form, _ct), await buyer.Get<AgreementService>().CallOffAsync(form, _ct));
        Assert.Equal(100m, (await buyer.Get<AgreementQueries>().DetailsAsync(agreement.Id, _ct)).Lines[0].Used);
    }

    [Fact]
    public async Task Twenty_at_once_never_take_more_than_is_left()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        var done = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            await using var scope = await database.AsAsync(Role.Buyer);
            try
            {
                await CallOffAsync(scope, agreement.Lines[0].Id, 90);
                return 1;
            }
            catch (RefusedException refusal)
            {
                Assert.Contains("of 1,000 kg agreed", refusal.Message, StringComparison.Ordinal);
                return 0;
            }
        }));
        Assert.Equal(11, done.Sum());
        Assert.Equal(990m, await database.ScalarAsync<decimal>("select sum(quantity) from order_lines where agreement_line_id = $1", agreement.Lines[0].Id));
    }

    [Fact]
    public async Task Beyond_the_value_and_outside_its_days_nothing_is_called_off()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world, f => (f.MostValue, f.Lines[0].MostQuantity) = (500, null));
        await CallOffAsync(buyer, agreement.Lines[0].Id, 200);
        var beyond = await Assert.ThrowsAsync<RefusedException>(() => CallOffAsync(buyer, agreement.Lines[0].Id, 30));
        Assert.Contains("EUR 512.00 would be called off of EUR 500.00 agreed, 12.00 too much", beyond.Message, StringComparison.Ordinal);
        var past = await AgreedAsync(buyer, world, f => (f.ValidFrom, f.ValidTo) = (Today.AddDays(-30), Today.AddDays(-1)));
        Assert.Contains("and today is", (await Assert.ThrowsAsync<RefusedException>(() => CallOffAsync(buyer, past.Lines[0].Id, 1))).Message, StringComparison.Ordinal);
        await buyer.Get<AgreementService>().EndAsync(new() { Id = agreement.Id, Version = agreement.Version, Reason = "Bought elsewhere" }, _ct);
        Assert.Contains("was ended", (await Assert.ThrowsAsync<RefusedException>(() => CallOffAsync(buyer, agreement.Lines[0].Id, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_cancelled_or_deleted_is_given_back_and_cannot_come_back_beyond_the_rest()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        var id = await CallOffAsync(buyer, agreement.Lines[0].Id, 600);
        var order = await buyer.Get<OrderQueries>().DetailsAsync(id, _ct);
        await buyer.Get<OrderService>().DeleteAsync(new(id, order.Version), _ct);
        Assert.Equal(1000m, (await buyer.Get<AgreementQueries>().DetailsAsync(agreement.Id, _ct)).Lines[0].Left);
        var second = await CallOffAsync(buyer, agreement.Lines[0].Id, 600);
        Assert.Contains("200 too many", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<OrderService>().RestoreAsync(id, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("200 too many", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<RestoreService>().RestoreAsync("orders", id, _ct))).Message, StringComparison.Ordinal);
        await buyer.Get<OrderFlowService>().ApproveAsync(await ActAsync(buyer, second), _ct);
        var act = await ActAsync(buyer, second);
        await buyer.Get<OrderFlowService>().CancelAsync(new() { Id = second, Version = act.Version, Reason = "Not needed" }, _ct);
        Assert.Equal(1000m, (await buyer.Get<AgreementQueries>().DetailsAsync(agreement.Id, _ct)).Lines[0].Left);
        await buyer.Get<OrderService>().RestoreAsync(id, _ct);
    }

    [Fact]
    public async Task A_draft_edited_and_a_change_order_are_held_to_the_agreement_too()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        var id = await CallOffAsync(buyer, agreement.Lines[0].Id, 600);
        var draft = await buyer.Get<OrderQueries>().FormAsync(id, null, _ct);
        draft.Lines[0].Quantity = 1010;
        Assert.Contains("10 too many", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<OrderService>().SaveAsync(draft, _ct))).Message, StringComparison.Ordinal);

        await buyer.Get<OrderFlowService>().ApproveAsync(await ActAsync(buyer, id), _ct);
        await buyer.Get<OrderFlowService>().IssueAsync(new() { Id = id, Version = (await ActAsync(buyer, id)).Version }, null, _ct);
        var change = await buyer.Get<OrderChangeService>().OpenAsync(id, _ct);
        (change.Reason, change.Lines[0].Quantity) = ("More", 1001);
        Assert.Contains("1 too many", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<OrderChangeService>().ProposeAsync(change, _ct))).Message, StringComparison.Ordinal);
        var fits = await buyer.Get<OrderChangeService>().OpenAsync(id, _ct);
        (fits.Reason, fits.Lines[0].Quantity) = ("More", 950);
        await buyer.Get<OrderChangeService>().ProposeAsync(fits, _ct);
        // A change under way holds its place before it is acknowledged.
        Assert.Contains("50 too many", (await Assert.ThrowsAsync<RefusedException>(() => CallOffAsync(buyer, agreement.Lines[0].Id, 100))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_called_off_bounds_what_of_an_agreement_may_change()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        await CallOffAsync(buyer, agreement.Lines[0].Id, 600);
        var form = await buyer.Get<AgreementService>().OpenAsync(agreement.Id, _ct);
        form.Lines[0].MostQuantity = 599;
        Assert.Contains("600 kg are called off already", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AgreementService>().SaveAsync(form, _ct))).Message, StringComparison.Ordinal);
        var gone = await buyer.Get<AgreementService>().OpenAsync(agreement.Id, _ct);
        gone.Lines[0] = new() { Description = "Another", UnitId = world.Kilogram, UnitPrice = 1, MostQuantity = 1 };
        Assert.Contains("are called off, so it stays", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AgreementService>().SaveAsync(gone, _ct))).Message, StringComparison.Ordinal);
        var unbound = await buyer.Get<AgreementService>().OpenAsync(agreement.Id, _ct);
        unbound.Lines[0].MostQuantity = null;
        Assert.Contains("nothing bounds the call-offs", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AgreementService>().SaveAsync(unbound, _ct))).Message, StringComparison.Ordinal);
        var more = await buyer.Get<AgreementService>().OpenAsync(agreement.Id, _ct);
        (more.Lines[0].MostQuantity, more.Lines[0].Breaks) = (2000, "500: 2.10");
        await buyer.Get<AgreementService>().SaveAsync(more, _ct);
        var after = (await buyer.Get<AgreementQueries>().DetailsAsync(agreement.Id, _ct)).Lines[0];
        Assert.Equal((1400m, 2.4m, 2.1m), (after.Left, after.PriceAt(499), after.PriceAt(500)));
    }

    [Fact]
    public async Task An_agreement_of_which_nothing_was_called_off_can_be_deleted_and_comes_back()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        await buyer.Get<AgreementService>().DeleteAsync(new(agreement.Id, agreement.Version), _ct);
        Assert.Empty((await buyer.Get<AgreementList>().PageAsync(new() { Search = agreement.Number }, _ct)).Rows);
        await Assert.ThrowsAsync<MissingException>(() => CallOffAsync(buyer, agreement.Lines[0].Id, 10));
        await buyer.Get<RestoreService>().RestoreAsync("agreements", agreement.Id, _ct);
        await CallOffAsync(buyer, agreement.Lines[0].Id, 10);
        var version = (await buyer.Get<AgreementQueries>().DetailsAsync(agreement.Id, _ct)).Version;
        Assert.Contains("was called off, so it stays", (await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AgreementService>().DeleteAsync(new(agreement.Id, version), _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_clicks_on_the_page_call_off()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        await using var pages = new PageContext(buyer);
        var page = pages.Render<AgreementPage>(p => p.Add(x => x.Id, agreement.Id));
        await page.WaitForElement("button[aria-label='Call off line 10']").ClickAsync();
        page.WaitForElement(".side-panel form");
        await page.Find(".side-panel form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("100", page.Find("section[aria-label='Call-offs']").TextContent, StringComparison.Ordinal));
        Assert.Equal(100m, (await buyer.Get<AgreementQueries>().DetailsAsync(agreement.Id, _ct)).Lines[0].Used);
    }

    [Fact]
    public async Task The_list_says_how_much_is_called_off()
    {
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        await CallOffAsync(buyer, agreement.Lines[0].Id, 850);
        var row = Assert.Single((await buyer.Get<AgreementList>().PageAsync(new() { Search = agreement.Number }, _ct)).Rows);
        Assert.Equal((AgreementState.Valid, 0.85m, 1870m), (row.State, row.UsedShare, row.UsedValue));
    }

    [Theory]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.Planner)]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Supplier)]
    public async Task Who_may_not_write_orders_is_denied(Role role)
    {
        await using var scope = await database.AsAsync(role);
        var service = scope.Get<AgreementService>();
        foreach (var deed in (Func<Task>[])[() => service.OpenAsync(null, _ct), () => service.SaveAsync(new(), _ct), () => service.EndAsync(new(), _ct), () => service.DeleteAsync(new(Guid.CreateVersion7(), 0), _ct), () => service.CallOffAsync(new(), _ct)])
        {
            await Assert.ThrowsAsync<DeniedException>(deed);
        }
    }

    [Fact]
    public async Task A_supplier_sees_their_own_agreements_and_changes_none()
    {
        var world = await Make.OrderWorldAsync(database);
        var other = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        var agreement = await AgreedAsync(buyer, world);
        await CallOffAsync(buyer, agreement.Lines[0].Id, 100);
        await using var supplier = await database.AsAsync(world.SupplierId, Role.Supplier);
        // A call-off counts for them from the moment that they have the order.
        Assert.Equal((agreement.Number, 0m), (await supplier.Get<AgreementQueries>().OfSupplierAsync(_ct)).Select(a => (a.Number, a.Lines[0].Used)).Single());
        await Assert.ThrowsAsync<DeniedException>(() => supplier.Get<AgreementQueries>().DetailsAsync(agreement.Id, _ct));
        await using var stranger = await database.AsAsync(other.SupplierId, Role.Supplier);
        Assert.Empty(await stranger.Get<AgreementQueries>().OfSupplierAsync(_ct));
        foreach (var sql in (string[])["update agreements set most_value = 1", "update agreement_lines set unit_price = 99", "delete from agreement_lines", "insert into agreement_breaks (id) values (gen_random_uuid())"])
        {
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => Make.RunAsAsync(database, world.SupplierId, sql))).SqlState);
        }

        Assert.Equal(0L, await Make.RunAsAsync(database, other.SupplierId, "select count(*) from agreement_lines"));
    }

    private static async Task<OrderAct> ActAsync(TestScope scope, Guid id) => new(id, (await scope.Get<OrderQueries>().DetailsAsync(id, TestContext.Current.CancellationToken)).Version);

    private static Task<Guid> CallOffAsync(TestScope scope, Guid line, decimal quantity) =>
        scope.Get<AgreementService>().CallOffAsync(new() { LineId = line, Quantity = quantity }, TestContext.Current.CancellationToken);

    private static async Task<AgreementDetails> AgreedAsync(TestScope scope, OrderWorld world, Action<AgreementForm>? change = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var form = await scope.Get<AgreementService>().OpenAsync(null, ct);
        (form.Title, form.SupplierId, form.PaymentTerms) = ("Yarn for the year", world.SupplierId, "45 days net");
        form.Lines = [new() { PartId = world.PartId, Description = "Combed cotton yarn Ne 24/1", UnitId = world.Kilogram, UnitPrice = 2.4m, MostQuantity = 1000, Breaks = "200: 2.2" }];
        change?.Invoke(form);
        return await scope.Get<AgreementQueries>().DetailsAsync(await scope.Get<AgreementService>().SaveAsync(form, ct), ct);
    }
}
