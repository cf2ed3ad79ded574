using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

/// <summary>What holds for each kind of import.</summary>
public sealed class KindTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Prices = "Part number,Supplier,From quantity,Unit,Unit price,Currency,MOQ\n";
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public void Every_kind_names_its_fields_once_and_its_synonyms_in_plain_form()
    {
        foreach (var kind in ImportKinds.All)
        {
            Assert.Equal(kind.Fields.Count, kind.Fields.Select(f => f.Key).Distinct().Count());
            Assert.All(kind.Fields.SelectMany(f => f.Synonyms), s => Assert.Equal(ColumnMatcher.Plain(s), s));
        }
    }

    [Fact]
    public async Task Units_need_a_factor_save_packages()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("units", "Code,Dimension,Factor\nt,mass,1000\ndrum,package,\nlb,mass,\nzero,mass,0\n");
        Assert.Equal((2, 2), (run.ReadyRows, run.RejectedRows));
        Assert.Contains("Factor is missing", await desk.WrongAsync(run.Id, 4), StringComparison.Ordinal);
        await desk.CommitAsync(run.Id);
        Assert.Equal("drum 1.000000000000", await database.ScalarAsync<string>("select name || ' ' || factor from units where code = 'drum'"));
    }

    [Fact]
    public async Task A_category_finds_its_parent_in_the_same_file_in_any_order()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        await desk.ImportAsync("categories", "Code,Name,Parent\nA1,Below,A0\nA0,Above,\n");
        Assert.Equal("A0", await database.ScalarAsync<string>("select p.code from part_categories c join part_categories p on p.id = c.parent_id where c.code = 'A1'"));
        var again = await desk.CheckAsync("categories", "Code,Name,Parent\nA1,Below,A0\nA0,Above,\n");
        Assert.Equal(2, again.UnchangedRows);
    }

    [Fact]
    public async Task Categories_above_themselves_and_below_rejected_ones_stay_out()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("categories", "Code,Name,Parent\nB1,Self,B1\nB2,Ring,B3\nB3,Ring,B2\nB4,,\nB5,Child,B4\nB6,Grandchild,B5\nB7,Good,\n");
        Assert.Equal((1, 6), (run.ReadyRows, run.RejectedRows));
        Assert.Contains("cannot be above itself", await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
        Assert.Contains("above itself", await desk.WrongAsync(run.Id, 3), StringComparison.Ordinal);
        Assert.Contains("No category with the code “B5”", await desk.WrongAsync(run.Id, 7), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cross_references_are_found_again_by_part_kind_party_and_number()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        const string Text = "Part number,Kind,Whose,Their number\nK-100,manufacturer,Kesmira,KM 1\nK-100,equivalent,,K-200\nK-100,supplier,,S-1\n";
        var run = await desk.CheckAsync("cross_references", Text);
        Assert.Contains("Name the supplier", await desk.WrongAsync(run.Id, 4), StringComparison.Ordinal);
        await desk.CommitAsync(run.Id);
        Assert.Equal("K-200", await database.ScalarAsync<string>("select p.number from part_cross_references r join parts p on p.id = r.other_part_id where r.kind = 'equivalent'"));
        Assert.Equal(2, (await desk.CheckAsync("cross_references", Text)).UnchangedRows);
    }

    [Fact]
    public async Task Suppliers_are_found_by_code_or_by_name_and_near_names_wait_for_a_word()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        const string Text = "Supplier,Country,Currency\n\"Orwell, Ltd\",Ireland,EUR\n";
        await desk.ImportAsync("suppliers", Text);
        Assert.Equal("ORWELLLTD", await database.ScalarAsync<string>("select code from suppliers where name = 'Orwell, Ltd'"));
        Assert.Equal(1, (await desk.CheckAsync("suppliers", Text)).UnchangedRows);

        var run = await desk.CheckAsync("suppliers", "Supplier,Country,Currency\nORWELL Ltd.,Ireland,EUR\n");
        Assert.Equal((0, 1, 1), (run.ReadyRows, run.RejectedRows, run.UnusualRows));
        Assert.Contains("Looks like “Orwell, Ltd”", await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
        await desk.Service.ConfirmAsync(run.Id, [2], _ct);
        Assert.Equal(1, (await desk.DetailsAsync(run.Id)).NewRows);

        var wrong = await desk.CheckAsync("suppliers", "Supplier,E-mail,Incoterm,Currency\nNew one,not an address,XYZ,EUX\n");
        var why = await desk.WrongAsync(wrong.Id, 2);
        Assert.Contains("“EUX” is not a currency", why, StringComparison.Ordinal);
        Assert.Contains("not an e-mail address", why, StringComparison.Ordinal);
        Assert.Contains("[incoterm]", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_are_found_again_by_mail_and_receivers_of_rfqs_need_one()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        const string Text = "Supplier,Name,E-mail,Receives RFQs\nKesmira,Ann Bell,ann@example.test,yes\nkesmira,Carl Dorn,,no\n";
        await desk.ImportAsync("contacts", Text);
        Assert.Equal(2, (await desk.CheckAsync("contacts", Text)).UnchangedRows);
        var run = await desk.CheckAsync("contacts", "Supplier,Name,E-mail,Receives RFQs\nKesmira,Ann Ball,ANN@example.test,yes\nKesmira,Eve,,yes\nKesmirra,Eve,,no\n");
        Assert.Equal((1, 2), (run.ChangedRows, run.RejectedRows));
        Assert.Contains("needs an address", await desk.WrongAsync(run.Id, 3), StringComparison.Ordinal);
        Assert.Contains("→ Kesmira", await desk.WrongAsync(run.Id, 4), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_list_becomes_prices_with_breaks()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        const string Text = Prices + "K-300,Kesmira,100,pcs,4.05,EUR,100\nK-300,Kesmira,1000,pcs,3.80,EUR,100\nK-400,Kesmira,,kg,7,EUR,\n";
        var run = await desk.ImportAsync("supplier_prices", Text);
        Assert.Equal([2L, 2L], run.Counts.Select(c => c.New));
        Assert.Equal("4.0500 100.0000", await database.ScalarAsync<string>("select s.unit_cost || ' ' || s.moq_quantity from supplier_parts s join parts p on p.id = s.part_id where p.number = 'K-300'"));
        Assert.Equal("100.0000=4.0500 1000.0000=3.8000", await database.ScalarAsync<string>(
            "select string_agg(b.minimum_quantity || '=' || b.unit_cost, ' ' order by b.minimum_quantity) from price_breaks b join supplier_parts s on s.id = b.supplier_part_id join parts p on p.id = s.part_id where p.number = 'K-300'"));
        Assert.Equal((0, 0, 3), await ChangesAsync(desk, Text));
        Assert.Equal((0, 1, 2), await ChangesAsync(desk, Text.Replace("3.80", "3.75", StringComparison.Ordinal)));

        await desk.UndoAsync(run.Id);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from supplier_parts s join parts p on p.id = s.part_id where p.number in ('K-300', 'K-400')"));
    }

    [Fact]
    public async Task Prices_in_another_unit_are_converted_and_without_a_conversion_stay_out()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("supplier_prices", Prices + "K-500,Kesmira,500,g,0.012,EUR,\nK-600,Kesmira,2,roll,90,EUR,\n");
        Assert.Contains("No conversion from roll to kg for this part", await desk.WrongAsync(run.Id, 3), StringComparison.Ordinal);
        await desk.CommitAsync(run.Id);
        Assert.Equal("12.0000 0.5000", await database.ScalarAsync<string>("select s.unit_cost || ' ' || b.minimum_quantity from supplier_parts s join parts p on p.id = s.part_id join price_breaks b on b.supplier_part_id = s.id where p.number = 'K-500'"));
    }

    [Fact]
    public async Task Prices_that_repeat_or_look_unusual_are_named()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        await desk.ImportAsync("supplier_prices", Prices + "K-700,Kesmira,,pcs,0.38,EUR,\n");
        var run = await desk.CheckAsync("supplier_prices", Prices + "K-700,Kesmira,,pcs,3.80,EUR,\nK-800,Kesmira,50,pcs,2.71,EUR,\nK-800,kesmira,50,pcs,2.74,EUR,\nK-900,Kesmira,10,pcs,1,USD,\nK-900,Kesmira,20,pcs,1,EUR,\nK-900,Kesmira,30,pcs,1,EUR,\nK-950,Kesmira,5,pcs,1,EUR,10\n");
        Assert.Contains("10.0 times the last price of 0.38".Replace("10.0", "10", StringComparison.Ordinal), await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
        Assert.Contains("Same part, supplier and quantity as row 3", await desk.WrongAsync(run.Id, 4), StringComparison.Ordinal);
        Assert.Contains("The other rows of this price are in EUR", await desk.WrongAsync(run.Id, 5), StringComparison.Ordinal);
        Assert.Contains("begins below the minimum order", await desk.WrongAsync(run.Id, 8), StringComparison.Ordinal);
        Assert.Equal(1, run.UnusualRows);
        await desk.Service.ConfirmAllAsync(run.Id, _ct);
        Assert.Equal(0, (await desk.DetailsAsync(run.Id)).UnusualRows);
    }

    [Fact]
    public async Task A_spreadsheet_goes_in_like_any_other_file()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        using var file = TestFile.Xlsx(["Part number", "Name", "Type", "Unit", "Standard cost"], ["X-1", "From a sheet", "component", "pcs", 1.234m]);
        var run = await desk.CheckAsync(await desk.UploadAsync("parts", file));
        Assert.Equal(1, run.ReadyRows);
        await desk.CommitAsync(run.Id);
        Assert.Equal(1.234m, await database.ScalarAsync<decimal>("select standard_cost from parts where number = 'X-1'"));
    }

    [Fact]
    public async Task An_old_spreadsheet_goes_in_like_any_other_file()
    {
        await using var scope = await BuyerAsync();
        var desk = new ImportDesk(scope);
        using var file = TestFile.Xls(["Part number", "Name", "Type", "Unit", "Standard cost"], ["X-8", "Crème from long ago", "component", "pcs", 1.5], ["X-9", "", "component", "pcs", 2.0]);
        var run = await desk.CheckAsync(await desk.UploadAsync("parts", file));
        Assert.Equal((1, 1), (run.ReadyRows, run.RejectedRows));
        Assert.Contains("Name is missing", await desk.WrongAsync(run.Id, 3), StringComparison.Ordinal);
        await desk.CommitAsync(run.Id);
        Assert.Equal("Crème from long ago 1.5000", await database.ScalarAsync<string>("select name || ' ' || standard_cost from parts where number = 'X-8'"));
    }

    private static async Task<(int New, int Changed, int Unchanged)> ChangesAsync(ImportDesk desk, string prices)
    {
        var run = await desk.CheckAsync("supplier_prices", prices);
        return (run.NewRows, run.ChangedRows, run.UnchangedRows);
    }

    private async Task<TestScope> BuyerAsync()
    {
        var scope = await database.AsAsync(Role.Buyer);
        if (await database.ScalarAsync<long>("select count(*) from units where code = 'pcs'") == 0)
        {
            var desk = new ImportDesk(scope);
            await desk.ImportAsync("units", "Code,Name,Dimension,Factor\npcs,Pieces,count,1\nkg,Kilogram,mass,1\ng,Gram,mass,0.001\nroll,Roll,package,\n");
            await desk.ImportAsync("suppliers", "Code,Name,Currency\nKES,Kesmira,EUR\n");
            await desk.ImportAsync("parts", "Part number,Name,Type,Unit\n" + string.Concat(new[] { "100,pcs", "200,pcs", "300,pcs", "400,kg", "500,kg", "600,kg", "700,pcs", "800,pcs", "900,pcs", "950,pcs" }
                .Select(p => $"K-{p.Split(',')[0]},Part {p.Split(',')[0]},component,{p.Split(',')[1]}\n")));
        }

        return scope;
    }
}
