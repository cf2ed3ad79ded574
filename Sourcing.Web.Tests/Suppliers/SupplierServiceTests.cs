using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Catalog;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Suppliers;

public sealed class SupplierServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supplier_comes_back_as_it_was_typed_with_its_contacts()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var id = await scope.SupplierAsync("Orvane Textiles", f =>
        {
            (f.Incoterm, f.Capabilities, f.RiskLevel) = ("DAP", ["Dyeing", " dyeing ", "Spinning"], RiskLevel.Medium);
            f.Contacts.Add(new() { Name = "Rui Tavora", Email = "rui@orvane.example.test" });
            f.Contacts.Add(new() { Name = "Ana Melo", ReceivesRfqs = false });
        });
        var form = await scope.Get<SupplierQueries>().FormAsync(id, _ct);
        Assert.Equal(["Dyeing", "Spinning"], form.Capabilities);
        Assert.Equal(["Rui Tavora", "Ana Melo"], form.Contacts.Select(c => c.Name));
        form.Contacts.RemoveAt(1);
        form.Contacts[0].Role = "Sales";
        form.Contacts.Add(new() { Name = "Eva Luz", Email = "eva@orvane.example.test" });
        await scope.Get<SupplierService>().SaveAsync(form, _ct);
        var details = (await scope.Get<SupplierQueries>().DetailsAsync(id, _ct))!;
        Assert.Equal([("Eva Luz", ""), ("Rui Tavora", "Sales")], details.Contacts.Select(c => (c.Name, c.Role)));
        await Assert.ThrowsAsync<ConflictException>(() => { form.FormKey = Guid.CreateVersion7(); return scope.Get<SupplierService>().SaveAsync(form, _ct); });
    }

    [Fact]
    public async Task Refusals_name_field_and_row()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        async Task<FieldError> ErrorAsync(Action<SupplierForm> more) => (await Assert.ThrowsAsync<RefusedException>(() => scope.SupplierAsync(more: more))).Errors.Single();
        Assert.Equal("Incoterm", (await ErrorAsync(f => f.Incoterm = "ABC")).Field);
        Assert.Equal("Currency", (await ErrorAsync(f => f.Currency = "eur")).Field);
        Assert.Equal("Email", (await ErrorAsync(f => f.Email = "nobody")).Field);
        Assert.Equal("Website", (await ErrorAsync(f => f.Website = "javascript:alert(1)")).Field);
        var row = await ErrorAsync(f => f.Contacts.Add(new() { Name = "Rui" }));
        Assert.Equal("Contacts[0].Email", row.Field);
        Assert.Contains("Rui is to receive RFQs but has no e-mail address", row.Message, StringComparison.Ordinal);
        Assert.Equal("Contacts[1].Email", (await ErrorAsync(f => f.Contacts.AddRange([new() { Name = "A", Email = "a@x.example.test" }, new() { Name = "B", Email = "A@x.example.test" }]))).Field);
        Assert.Equal("Contacts[0].Name", (await ErrorAsync(f => f.Contacts.Add(new() { Email = "a@x.example.test" }))).Field);
        var code = CatalogMaker.Code("TAKEN");
        await scope.SupplierAsync("First", f => f.Code = code);
        Assert.Equal($"The code {code} is taken by First. Open that supplier, or choose another code.", (await ErrorAsync(f => f.Code = code)).Message);
    }

    [Fact]
    public async Task A_block_needs_a_reason_and_says_it_to_those_who_try()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var id = await scope.SupplierAsync("Blocked Ltd");
        async Task<uint> VersionAsync() => (await scope.Get<SupplierQueries>().DetailsAsync(id, _ct))!.Version;
        var service = scope.Get<SupplierService>();
        Assert.Contains("Say why", await CatalogMaker.RefusalAsync(async () => await service.BlockAsync(new() { Id = id, Version = await VersionAsync() }, _ct)), StringComparison.Ordinal);
        await service.BlockAsync(new() { Id = id, Version = await VersionAsync(), Reason = "Certificate ran out." }, _ct);
        await scope.Get<Database>().ReadAsync(async (db, ct) =>
        {
            var supplier = await db.Suppliers.SingleAsync(s => s.Id == id, ct);
            Assert.Contains("Certificate ran out.", Assert.Throws<RefusedException>(supplier.DemandInvitable).Message, StringComparison.Ordinal);
            supplier.DemandOrderable();
            return 0;
        }, _ct);
        await service.BlockAsync(new() { Id = id, Version = await VersionAsync(), BlockedFor = SupplierBlock.Order, Reason = "Fraud." }, _ct);
        Assert.Equal((SupplierBlock.Order, "Fraud."), await scope.Get<SupplierQueries>().DetailsAsync(id, _ct) is { } d ? (d.BlockedFor, d.BlockReason) : default);
        await service.BlockAsync(new() { Id = id, Version = await VersionAsync(), BlockedFor = SupplierBlock.None }, _ct);
        Assert.Null((await scope.Get<SupplierQueries>().DetailsAsync(id, _ct))!.BlockedAt);
        await service.SetActiveAsync([id], false, _ct);
        await scope.Get<Database>().ReadAsync(async (db, ct) =>
        {
            Assert.Throws<RefusedException>((await db.Suppliers.SingleAsync(s => s.Id == id, ct)).DemandOrderable);
            return 0;
        }, _ct);
    }

    [Fact]
    public async Task Deleting_and_restoring_takes_contacts_and_prices_along_and_stops_at_a_duplicate()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var code = CatalogMaker.Code("S-DEL");
        var id = await scope.SupplierAsync("Gone", f => { f.Code = code; f.Contacts.Add(new() { Name = "Rui", Email = "r@gone.example.test" }); });
        var part = await scope.PartAsync(await scope.UnitAsync(CatalogMaker.Code("u")));
        await scope.PriceAsync(id, part, 7, f => f.Breaks.Add(new() { MinimumQuantity = 5, UnitCost = 6 }));
        var service = scope.Get<SupplierService>();
        await service.DeleteAsync([id], _ct);
        Assert.Empty(await scope.Get<PartQueries>().PricesAsync(part, _ct));
        Assert.Contains(await scope.Get<SupplierQueries>().DeletedAsync(_ct), d => d.Id == id);
        var other = await scope.SupplierAsync("Newcomer", f => f.Code = code);
        Assert.Contains($"Newcomer has the code {code} now", await CatalogMaker.RefusalAsync(() => service.RestoreAsync([id], _ct)), StringComparison.Ordinal);
        await service.DeleteAsync([other], _ct);
        await service.RestoreAsync([id], _ct);
        Assert.Equal(6, (await scope.Get<PartQueries>().PricesAsync(part, _ct)).Single().Breaks.Single().UnitCost);
        Assert.Single((await scope.Get<SupplierQueries>().DetailsAsync(id, _ct))!.Contacts);
        await scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            db.Add(Order.Draft("PO-RUNNING", id, "EUR", scope.User.Id, scope.User.Id));
            await db.SaveChangesAsync(ct);
        }, _ct);
        Assert.Contains("Gone has order PO-RUNNING, which is still running", await CatalogMaker.RefusalAsync(() => service.DeleteAsync([id], _ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_finds_code_name_and_what_it_can_do()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var code = CatalogMaker.Code("FIND-");
        var id = await scope.SupplierAsync("Filatura Bréscia S.p.A.", f => (f.Code, f.Processes, f.Country) = (code, ["Ring spinning"], "Italy"));
        var queries = scope.Get<SupplierQueries>();
        foreach (var typed in new[] { code, code.ToLowerInvariant(), "brescia", "fi", "filat", "ring spin", "filatura italy", "filatora bresca" })
        {
            Assert.Contains(await queries.FindAsync(typed, 10, _ct), s => s.Id == id);
        }

        Assert.Empty(await queries.FindAsync("%", 10, _ct));
        var list = scope.Get<SupplierList>();
        database.Queries.Reset();
        Assert.Equal(id, (await list.PageAsync(new() { Search = "brescia" }, _ct)).Rows[0].Id);
        Assert.Equal(2, database.Queries.Count);
        Assert.Contains((await list.PageAsync(new ListRequest().With("country", "ital").With("blockedFor", "none"), _ct)).Rows, r => r.Id == id);
    }

    [Fact]
    public async Task Likely_duplicates_are_named_with_their_reason()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var id = await scope.SupplierAsync("Duplicato Meccanica", f => (f.TaxId, f.Email) = ("IT 0123-456", "a@duplicato.example.test"));
        var queries = scope.Get<SupplierQueries>();
        async Task<string?> WhyAsync(SupplierForm form) => (await queries.DuplicatesAsync(form, _ct)).FirstOrDefault(d => d.Id == id)?.Why;
        Assert.Equal("the same tax number", await WhyAsync(new() { Name = "Else", TaxId = "it0123456" }));
        Assert.Equal("a name much alike", await WhyAsync(new() { Name = "duplicato mecanica" }));
        Assert.Equal("the same e-mail domain", await WhyAsync(new() { Name = "Else", Email = "b@Duplicato.example.test" }));
        Assert.Null(await WhyAsync(new() { Name = "Quite another firm" }));
        Assert.Null(await WhyAsync(await queries.FormAsync(id, _ct)));
    }

    [Fact]
    public async Task A_price_list_is_filtered_to_its_supplier()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (one, two) = (await scope.SupplierAsync(), await scope.SupplierAsync());
        var part = await scope.PartAsync(await scope.UnitAsync(CatalogMaker.Code("u")));
        await scope.PriceAsync(one, part, 1);
        await scope.PriceAsync(two, part, 2);
        var code = (await scope.Get<SupplierQueries>().DetailsAsync(two, _ct))!.Code;
        var rows = (await scope.Get<PriceList>().PageAsync(new ListRequest().With("supplierCode", code), _ct)).Rows;
        Assert.Equal(2, rows.Single().UnitCost);
    }

    [Fact]
    public async Task A_suppliers_login_sees_its_own_rows_and_nothing_of_what_we_think()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        var (mine, theirs) = (await buyer.SupplierAsync(more: f => f.Contacts.Add(new() { Name = "Rui", Email = "r@mine.example.test" })), await buyer.SupplierAsync(more: f => f.Contacts.Add(new() { Name = "Ana", Email = "a@theirs.example.test" })));
        var unit = await buyer.UnitAsync(CatalogMaker.Code("u"));
        var (seen, unseen) = (await buyer.PartAsync(unit), await buyer.PartAsync(unit));
        await buyer.PriceAsync(mine, seen, 1, f => f.Breaks.Add(new() { MinimumQuantity = 2, UnitCost = 1 }));
        await buyer.PriceAsync(theirs, seen, 2, f => f.Breaks.Add(new() { MinimumQuantity = 3, UnitCost = 1 }));
        await buyer.PriceAsync(theirs, unseen, 2);
        await using var portal = await database.AsAsync(mine, Role.Supplier);
        await portal.Get<Database>().ReadAsync(async (db, ct) =>
        {
            Assert.Equal([mine], await db.Suppliers.Select(s => s.Id).ToListAsync(ct));
            Assert.Equal(["Rui"], await db.SupplierContacts.Select(c => c.Name).ToListAsync(ct));
            Assert.Equal([1m], await db.SupplierParts.Select(p => p.UnitCost).ToListAsync(ct));
            Assert.Equal([2m], await db.PriceBreaks.Select(b => b.MinimumQuantity).ToListAsync(ct));
            Assert.Equal([seen], await db.Parts.Select(p => p.Id).ToListAsync(ct));
            Assert.NotEmpty(await db.Units.Select(u => u.Code).ToListAsync(ct));
            return 0;
        }, _ct);
        foreach (var select in new[] { "reliability_score", "risk_level", "notes", "block_reason", "win_rate" }.Select(column => $"select {column}::text as \"Value\" from suppliers"))
        {
            await Assert.ThrowsAsync<RefusedException>(() => portal.Get<Database>().ReadAsync((db, ct) => db.Database.SqlQueryRaw<string>(select).ToListAsync(ct), _ct));
        }

        await Assert.ThrowsAsync<RefusedException>(() => portal.Get<Database>().ReadAsync((db, ct) => db.PartPrices.Select(p => p.Day).ToListAsync(ct), _ct));
        await Assert.ThrowsAsync<RefusedException>(() => portal.Get<Database>().WriteAsync((db, ct) => db.Suppliers.ExecuteUpdateAsync(s => s.SetProperty(x => x.Name, "Mine"), ct), _ct));
    }

    [Fact]
    public async Task A_personal_link_opens_no_price_list()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        var supplier = await buyer.SupplierAsync(more: f => f.Contacts.Add(new() { Name = "Rui", Email = "r@link.example.test" }));
        await buyer.PriceAsync(supplier, await buyer.PartAsync(await buyer.UnitAsync(CatalogMaker.Code("u"))), 1);
        await using var link = database.As(await database.UserAsync(supplier, [Role.Supplier], rfqId: Guid.CreateVersion7()));
        await link.Get<Database>().ReadAsync(async (db, ct) =>
        {
            Assert.Equal([supplier], await db.Suppliers.Select(s => s.Id).ToListAsync(ct));
            Assert.Empty(await db.SupplierContacts.Select(c => c.Id).ToListAsync(ct));
            Assert.Empty(await db.SupplierParts.Select(p => p.Id).ToListAsync(ct));
            Assert.Empty(await db.Parts.Select(p => p.Id).ToListAsync(ct));
            return 0;
        }, _ct);
    }

    [Fact]
    public async Task Who_lacks_the_permission_is_denied()
    {
        await using var planner = await database.AsAsync(Role.Planner);
        await using var sales = await database.AsAsync(Role.SalesRep);
        var id = Guid.CreateVersion7();
        foreach (var act in new Func<Task>[]
        {
            () => planner.SupplierAsync(), () => planner.Get<SupplierService>().BlockAsync(new() { Id = id }, _ct), () => planner.Get<SupplierService>().DeleteAsync([id], _ct),
            () => planner.Get<SupplierService>().RestoreAsync([id], _ct), () => planner.Get<SupplierService>().SetActiveAsync([id], true, _ct),
            () => planner.Get<SupplierService>().SetCategoryAsync([id], "a", _ct), () => planner.Get<SupplierQueries>().FormAsync(id, _ct),
            () => planner.Get<SupplierQueries>().DeletedAsync(_ct), () => planner.Get<SupplierQueries>().DuplicatesAsync(new(), _ct),
            () => sales.Get<SupplierQueries>().DetailsAsync(id, _ct), () => sales.Get<SupplierQueries>().FindAsync("a", 1, _ct), () => sales.Get<SupplierQueries>().ByIdAsync([id], _ct),
            () => sales.Get<SupplierList>().PageAsync(new(), _ct),
        })
        {
            await Assert.ThrowsAsync<DeniedException>(act);
        }

        Assert.Empty((await planner.Get<SupplierList>().PageAsync(new ListRequest { Search = "nothing of that name" }, _ct)).Rows);
    }
}
