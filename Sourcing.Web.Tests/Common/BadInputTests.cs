using System.Collections;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Catalog;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Common;

/// <summary>What nobody should type, in every text field of the forms that people and suppliers fill in: it is accepted as it stands or refused in words, never a fault.</summary>
public sealed class BadInputTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    /// <summary>What it is, the text, and whether it can be kept at all.</summary>
    public static TheoryData<string, bool> Texts => new()
    {
        { "nul", false }, { "high surrogate", false }, { "low surrogate", false }, { "escape", false }, { "no character", false }, { "megabyte", false },
        { "right to left", true }, { "zero width", true }, { "markup", true }, { "quotes", true }, { "formula", true }, { "pattern", true }, { "astral", true }, { "blank", true }, { "lines", true },
        { "path", true }, { "device", true },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public Task A_text_is_kept_or_refused_by_its_field_in_every_form(string kind, bool mayBeKept) => TryAsync(Text(kind), mayBeKept);

    public static TheoryData<object> Values =>
    [
        0m, -1m, 2_147_483_648m, 0.00001m, decimal.MaxValue, decimal.MinValue, int.MinValue, -1, 0, int.MaxValue,
        DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2028, 2, 29), DateTime.MinValue, DateTime.MaxValue, new DateTime(2028, 2, 29, 12, 0, 0),
        new DateTime(2027, 3, 28, 2, 30, 0), new DateTime(2027, 10, 31, 2, 30, 0),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public Task A_number_or_a_day_is_taken_or_refused_in_every_form(object value) => TryAsync(value, mayBeKept: true);

    private async Task TryAsync(object value, bool mayBeKept)
    {
        var text = value as string ?? "";
        var world = await Make.OrderWorldAsync(database);
        await using var buyer = database.As(world.Buyer);
        await using var admin = await database.AsAsync(Role.Admin);
        var open = await Make.OpenRfqAsync(database, suppliers: 1, buyer: world.Buyer);
        await using var supplier = await database.AsAsync(open.Suppliers[0], Role.Supplier);
        var sheet = await supplier.Get<QuoteQueries>().OwnAsync(open.Id, _ct);
        var unit = await buyer.UnitAsync(CatalogMaker.Code("u"));
        var faults = new List<string>();
        Task TryAsync<TForm>(Func<TForm> make, Func<TForm, Task> save) where TForm : class => TryFieldsAsync(value, mayBeKept, make, save, faults);

        await TryAsync(
            () => new PartForm
            {
                Number = CatalogMaker.Code("P-"), Name = "Part", UnitId = unit, CrossReferences = { new() { PartyName = "Orvane", Number = "1" } },
                Specifications = { new() { Name = "Colour", Kind = SpecificationKind.Text, Value = "blue" } },
            },
            form => buyer.Get<PartService>().SaveAsync(form, _ct));
        await TryAsync(
            () => new SupplierForm { Code = CatalogMaker.Code("S-"), Name = "Supplier", Capabilities = { "Dyeing" }, Contacts = { new() { Name = "Lena", Email = "lena@example.test" } } },
            form => buyer.Get<SupplierService>().SaveAsync(form, _ct));
        await TryAsync(() => new UnitForm { Code = CatalogMaker.Code("n"), Name = "Unit" }, form => buyer.Get<CatalogService>().SaveUnitAsync(form, _ct));
        await TryAsync(() => new CategoryForm { Code = CatalogMaker.Code("C-"), Name = "Category" }, form => buyer.Get<CatalogService>().SaveCategoryAsync(form, _ct));
        await TryAsync(
            () => new RfqForm { Title = "Yarns", Deadline = new(2027, 1, 4, 17, 0, 0), Lines = { new() { Description = "Yarn", Quantity = 1, UnitId = unit } } },
            form => buyer.Get<RfqService>().SaveAsync(form, _ct));
        var part = await buyer.PartAsync(unit);
        await TryAsync(
            () => new SupplierPartForm { SupplierId = world.SupplierId, PartId = part, UnitCost = 5, LeadTimeDays = 14, MoqQuantity = 10, OrderMultiple = 5, Breaks = { new() { MinimumQuantity = 100, UnitCost = 4 } } },
            async form => await buyer.Get<SupplierPartService>().DeleteAsync(await buyer.Get<SupplierPartService>().SaveAsync(form, _ct), _ct));
        await TryAsync(() => Make.OrderForm(world), form => buyer.Get<OrderService>().SaveAsync(form, _ct));
        await TryAsync(() => Make.Fill(sheet), form => supplier.Get<QuoteService>().SaveDraftAsync(form, _ct));
        await TryAsync(
            () => Make.Fill(sheet),
            async form =>
            {
                form.Version = (await supplier.Get<QuoteQueries>().OwnAsync(open.Id, _ct)).Quote?.Version ?? 0;
                await supplier.Get<QuoteService>().SubmitAsync(form, _ct);
                await supplier.Get<QuoteQueries>().OwnAsync(open.Id, _ct);
            });
        await TryAsync(
            () => new Data.Operations.InviteForm { Email = $"{Guid.CreateVersion7():N}@example.test", FullName = "New Comer", Roles = [Role.Planner] },
            form => admin.Get<UserService>().InviteAsync(form, "/account/accept-invitation", _ct));

        // Looking for it, in every list and across all of them, and taking it away as files.
        faults.AddRange(await FaultsAsync("comparison", () => buyer.Get<ComparisonQueries>().ForAsync(open.Id, _ct)));
        faults.AddRange(await FaultsAsync("search", () => buyer.Get<SearchQueries>().FindAsync(text, 6, _ct)));
        var pairs = new[] { KeyValuePair.Create("q", (string?)text), KeyValuePair.Create("f.name", (string?)text), KeyValuePair.Create("after", (string?)text), KeyValuePair.Create("sort", (string?)text) };
        foreach (var list in admin.Services.GetServices<IListSource>())
        {
            foreach (var pair in value is string ? pairs : [])
            {
                faults.AddRange(await FaultsAsync($"{list.Name} {pair.Key}", () => ExportAsync(list, ListRequest.FromQuery([pair]))));
            }

            faults.AddRange(await FaultsAsync(list.Name, () => ExportAsync(list, new())));
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_supplier_with_an_offer_is_not_deleted_and_one_that_is_gone_all_the_same_gets_no_award()
    {
        var rfq = await QuotedAsync();
        await using var buyer = database.As(rfq.Buyer);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<SupplierService>().DeleteAsync([rfq.Suppliers[0]], _ct));
        Assert.Contains(rfq.Number, refusal.Message, StringComparison.Ordinal);
        var form = await AwardAsync(buyer, rfq);
        await database.SqlAsync("update suppliers set deleted_at = now() where id = $1", rfq.Suppliers[0]);
        await buyer.Get<RfqQueries>().DetailsAsync(rfq.Id, _ct);
        await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        await Assert.ThrowsAnyAsync<RefusedException>(() => buyer.Get<AwardService>().AwardAsync(form, _ct));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from orders where rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task The_currency_of_an_RFQ_stands_once_suppliers_know_it_and_an_offer_without_a_rate_is_shown_and_not_reckoned_in()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        await using var buyer = database.As(rfq.Buyer);
        // The editor does not open any more; a form kept from before does not get through.
        await Assert.ThrowsAnyAsync<RefusedException>(() => buyer.Get<RfqQueries>().FormAsync(rfq.Id, _ct));
        var unit = await buyer.UnitAsync(CatalogMaker.Code("u"));
        var edit = new RfqForm
        {
            Id = rfq.Id, Version = (uint)await database.ScalarAsync<long>("select xmin::text::bigint from rfqs where id = $1", rfq.Id), Title = "In dollars", Currency = "USD",
            Deadline = new(2027, 1, 4, 17, 0, 0), Lines = { new() { Description = "Yarn", Quantity = 1, UnitId = unit } },
        };
        await Assert.ThrowsAnyAsync<RefusedException>(() => buyer.Get<RfqService>().SaveAsync(edit, _ct));
        Assert.Equal("EUR", await database.ScalarAsync<string>("select currency from rfqs where id = $1", rfq.Id));

        // The supplier changes its mind about the currency in the middle, and nobody ever entered a rate of that one.
        var quote = await Make.SubmittedQuoteAsync(database, rfq);
        await using var supplier = database.As(quote.Supplier);
        var sheet = await supplier.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct);
        var form = Make.Fill(sheet);
        (form.Currency, form.Version) = ("ISK", sheet.Quote!.Version);
        await supplier.Get<QuoteService>().SubmitAsync(form, _ct);
        await Make.SubmittedQuoteAsync(database, rfq, 1);
        var view = await buyer.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        Assert.Equal(2, view.Quotes.Count);
        var offers = rfq.Lines.Select(line => view.Comparison.Offer(line, view.Quotes.Single(q => q.SupplierId == rfq.Suppliers[0]).QuoteId));
        Assert.All(offers, offer => Assert.False(offer.Best));
    }

    private async Task<MadeRfq> QuotedAsync()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 1);
        await Make.SubmittedQuoteAsync(database, rfq);
        await database.SqlAsync("update rfqs set status = 'closed', closed_at = now() where id = $1", rfq.Id);
        return rfq;
    }

    private async Task<AwardForm> AwardAsync(TestScope scope, MadeRfq rfq)
    {
        var view = await scope.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        var offer = view.Comparison.Offer(rfq.Lines[0], view.Quotes[0].QuoteId).QuoteLineId;
        return new() { Id = rfq.Id, Version = view.Version, Choices = [new() { RfqLineId = rfq.Lines[0], QuoteLineId = offer, Quantity = 100 }] };
    }

    private static string Text(string kind) => kind switch
    {
        "nul" => "a\0b",
        "high surrogate" => "a\ud83d",
        "low surrogate" => "\ude00b",
        "escape" => "a\u001b[31mb",
        "no character" => "a\uffff",
        "megabyte" => new string('x', 1024 * 1024),
        "right to left" => "exe.\u202efdp",
        "zero width" => "62\u200b04",
        "markup" => "<script>alert(1)</script>",
        "quotes" => "'; drop table parts; --",
        "formula" => "=cmd|' /C calc'!A0",
        "pattern" => "%_\\[a-z]*(",
        "astral" => "👩‍🏭 Größe ﷽",
        "blank" => " \t ",
        "lines" => "a\r\nb\tc",
        "path" => "../../x",
        _ => "CON",
    };

    private static async Task ExportAsync(IListSource list, ListRequest request)
    {
        using var file = new MemoryStream();
        using var sheet = SheetWriter.Xlsx(file, list.Title, TimeZoneInfo.Utc);
        sheet.Head(list.Heads([]));
        await list.ExportAsync(request, [], row => { sheet.Row(row); return ValueTask.CompletedTask; }, TestContext.Current.CancellationToken);
    }

    // One field after another, in a form that is otherwise in order.
    private static async Task TryFieldsAsync<TForm>(object value, bool mayBeKept, Func<TForm> make, Func<TForm, Task> save, List<string> faults) where TForm : class
    {
        // A name of a megabyte is too long for all fields, but some have no end.
        var named = !mayBeKept && value is string { Length: < 1000 };
        foreach (var (path, _) in FieldsOf(make(), "", value.GetType()))
        {
            var form = make();
            FieldsOf(form, "", value.GetType()).Single(f => f.Path == path).Set(value);
            try
            {
                await save(form);
                if (named)
                {
                    faults.Add($"{typeof(TForm).Name}.{path} was accepted");
                }
            }
            catch (RefusedException refusal)
            {
                if (named && refusal.Errors.All(e => e.Field != path))
                {
                    faults.Add($"{typeof(TForm).Name}.{path} is not named: {refusal.Message}");
                }
            }
            catch (Exception fault)
            {
                faults.Add($"{typeof(TForm).Name}.{path}: {fault.GetType().Name} {fault.InnerException?.Message ?? fault.Message}");
            }
        }
    }

    private static IEnumerable<(string Path, Action<object> Set)> FieldsOf(object form, string path, Type type)
    {
        foreach (var property in form.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p is { CanRead: true, CanWrite: true }))
        {
            if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == type)
            {
                yield return (path + property.Name, value => property.SetValue(form, value));
            }
            else if (property.GetValue(form) is List<string> { Count: > 0 } texts)
            {
                if (type == typeof(string))
                {
                    yield return (path + property.Name, value => texts[0] = (string)value);
                }
            }
            else if (property.GetValue(form) is IList { Count: > 0 } rows && rows[0]!.GetType().IsClass)
            {
                foreach (var field in FieldsOf(rows[0]!, $"{path}{property.Name}[0].", type))
                {
                    yield return field;
                }
            }
        }
    }

    private static async Task<string[]> FaultsAsync(string what, Func<Task> act)
    {
        try
        {
            await act();
            return [];
        }
        catch (RefusedException)
        {
            return [];
        }
        catch (Exception fault)
        {
            return [$"{what}: {fault.GetType().Name} {fault.InnerException?.Message ?? fault.Message}"];
        }
    }
}
