using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Operations;

public sealed class ExchangeRateTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pasted_rates_are_taken_in_and_the_later_paste_corrects()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var rates = admin.Get<ExchangeRateService>();
        Assert.Equal(3, await rates.PasteAsync("usd\t2026-03-02\t1,0832\n\nGBP 2.3.2026 0.8714\r\nCNY;2026-03-02;7.81", _ct));
        Assert.Equal(1, await rates.PasteAsync("USD,2026-03-02,1.09", _ct));
        await rates.SaveAsync(new() { Currency = "GBP", Day = new(2026, 3, 2), Rate = 0.88m }, _ct);
        var page = await admin.Get<ExchangeRateList>().PageAsync(new(), _ct);
        Assert.Equal(3, page.Count);
        var conversion = await admin.Get<Database>().ReadAsync((db, ct) => CurrencyConversion.LoadAsync(db, ["USD", "GBP"], ct), _ct);
        Assert.Equal(109m, conversion.Convert(100, "EUR", "USD", new(2026, 4, 1)).Amount);
        Assert.Equal(88m, conversion.Convert(100, "EUR", "GBP", new(2026, 4, 1)).Amount);
        Assert.Null(conversion.TryConvert(100, "EUR", "CNY", new(2026, 4, 1)));
    }

    [Fact]
    public async Task One_wrong_line_refuses_all_and_every_wrong_line_is_named()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => admin.Get<ExchangeRateService>().PasteAsync(
            "SEK 2026-03-02 11.2\nUSD 2026-02-30 1.1\nUSD 2026-03-02 1.234,5\nEUR 2026-03-02 1\nJPY 2026-03-02 -3\nDollar\nNOK 2026-03-02 NaN", _ct));
        Assert.Equal([2, 3, 4, 5, 6, 7], refusal.Errors.Select(e => int.Parse(e.Message.Split(' ')[1].TrimEnd(':'), System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from exchange_rates where currency = 'SEK'"));
        await Assert.ThrowsAsync<RefusedException>(() => admin.Get<ExchangeRateService>().PasteAsync("  \n ", _ct));
    }

    [Fact]
    public async Task Only_who_manages_settings_changes_rates_and_the_company()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<ExchangeRateService>().PasteAsync("USD 2026-03-02 1.1", _ct));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<ExchangeRateService>().SaveAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<CompanyService>().OpenAsync(_ct));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<CompanyService>().SaveAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<DatabaseQueries>().LookAsync(_ct));
    }

    [Fact]
    public async Task Two_admins_who_change_the_company_do_not_overwrite_each_other()
    {
        await using var one = await database.AsAsync(Role.Admin);
        await using var two = await database.AsAsync(Role.Admin);
        var (first, second) = (await one.Get<CompanyService>().OpenAsync(_ct), await two.Get<CompanyService>().OpenAsync(_ct));
        (first.Name, second.Name) = ("Nordhaus Mills", "Südhaus Mills");
        await one.Get<CompanyService>().SaveAsync(first, _ct);
        await Assert.ThrowsAsync<ConflictException>(() => two.Get<CompanyService>().SaveAsync(second, _ct));
        Assert.Equal("Nordhaus Mills", (await two.Get<CompanyService>().OpenAsync(_ct)).Name);
        second.Name = "";
        Assert.Contains((await Assert.ThrowsAsync<RefusedException>(() => two.Get<CompanyService>().SaveAsync(second, _ct))).Errors, e => e.Field == "Name");
    }

    [Fact]
    public async Task The_database_page_tells_sizes_and_says_why_it_has_no_statement_times()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        // The test's schema has no record of migrations, so all of them count as pending.
        var view = await admin.Get<DatabaseQueries>().LookAsync(_ct);
        Assert.Contains(view.Tables, t => t is { Table: "audit_entries", Bytes: > 0 });
        Assert.Contains(view.Tables, t => t is { Table: "users", Bytes: > 0 });
        Assert.Contains(view.Connections, c => c.Login == "sourcing_reporting");
        Assert.Contains("shared_preload_libraries", view.WhyNoStatements, StringComparison.Ordinal);
        Assert.NotEmpty(view.PendingMigrations);
    }
}
