using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

public sealed class MaterialImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Materials_bring_specifications_costs_and_prices_and_keep_what_they_do_not_name()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        await database.SqlAsync("insert into exchange_rates (id, currency, day, rate) values (gen_random_uuid(), 'USD', '2020-01-02', 1.25)");
        await database.SqlAsync("""update parts set specifications = '[{"name": "Twist", "kind": "text", "value": "Z"}, {"name": "blend", "kind": "text", "value": "Wool"}]' where number = '19020'""");
        var run = await plan.CheckAsync("materials", "materials.csv");
        Assert.Equal(
            """
            3: No supplier “Kesmira Yarn”: the material comes without its price
            4: Material number is missing
            5: Cost per unit is -5.03
            6: Same material as row 2
            """, await plan.WrongAsync(run.Id));
        Assert.Contains("→ Kesmira", await plan.Desk.WrongAsync(run.Id, 3), StringComparison.Ordinal);
        await plan.Desk.Service.MendAsync(run.Id, [new(3, "supplier", "Kesmira")], _ct);
        run = await plan.Desk.CommitAsync(run.Id);

        // $5.09 at 1.25 dollars a euro; $0.00 is no cost and no price.
        Assert.Equal(
            "19020 Part 19020 lb 802.0000: Twist Z, Blend Cotton, Color Ecru\n19030 24/1 ring spun lb 4.0720: Blend 60/40 CVC, Type Ring, Color Natural\n19031 Slub lb none: Blend 100% cotton, Type Slub, Color Heather, grey",
            await MaterialsAsync(plan));
        Assert.Equal("KES 19030 5.0900 USD 30\nORW 19020 1002.5000 USD 0", await plan.ReadAsync("select s.code || ' ' || p.number || ' ' || t.unit_cost || ' ' || t.currency || ' ' || t.lead_time_days from supplier_parts t join suppliers s on s.id = t.supplier_id join parts p on p.id = t.part_id where t.deleted_at is null order by 1"));
        Assert.Equal((0, 0, 3), await CountAsync(plan));

        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal("19020 Part 19020 lb none: Twist Z, blend Wool", await MaterialsAsync(plan));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from supplier_parts"));
        await database.SqlAsync("delete from exchange_rates");
    }

    [Fact]
    public async Task The_unit_of_the_lead_time_is_asked_and_remove_makes_a_supplier_inactive()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        using var file = PlanDesk.File("suppliers.csv");
        var id = await plan.Desk.UploadAsync("material_suppliers", file);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => plan.Desk.CheckAsync(id));
        Assert.Equal("Lead time is in needs a column, or a value for all rows.", refusal.Errors.Single().Message);

        await plan.Desk.MatchAsync(id, m => m with { Constants = new() { ["lead_unit"] = "weeks" } });
        await plan.Desk.CheckAsync(id);
        Assert.Equal("3: Currency is missing\n4: Currency is missing", await plan.WrongAsync(id));
        await plan.Desk.MatchAsync(id, m => m with { Constants = new() { ["lead_unit"] = "weeks", ["currency"] = "USD" } });
        var run = await plan.Desk.CheckAsync(id);
        Assert.Equal((2, 2, 0), (run.NewRows, run.ChangedRows, run.RejectedRows));
        Assert.Contains(run.RuleCounts, r => r is { Cells: 1, Rule: "Lead time is “TBD”: counts as empty" });
        await plan.Desk.CommitAsync(id);
        // Six weeks are 42 days.
        Assert.Equal("KES Kesmira 42 true Domestic\nNEW New Weave 56 true Import\nOLD Oldham Fibres 28 false \nORW Orwell none true Domestic", await SuppliersAsync(plan));
        using var again = PlanDesk.File("suppliers.csv");
        id = await plan.Desk.UploadAsync("material_suppliers", again);
        await plan.Desk.MatchAsync(id, m => m with { Constants = new() { ["lead_unit"] = "weeks", ["currency"] = "USD" } });
        var second = await plan.Desk.CheckAsync(id);
        Assert.Equal((0, 0, 4), (second.NewRows, second.ChangedRows, second.UnchangedRows));
        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal("KES Kesmira 30 true \nORW Orwell none true ", await SuppliersAsync(plan));
    }

    [Fact]
    public async Task Terms_of_a_material_become_a_price_and_a_general_minimum_goes_where_none_is()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var run = await plan.CheckAsync("material_suppliers", "material-suppliers.csv");
        Assert.Equal("3: Price is missing\n4: No supplier with this code or name\n5: Lead time is 1,200 | Reliability is 1.4", await plan.WrongAsync(run.Id));
        run = await plan.Desk.CommitAsync(run.Id);
        const string Price = "select s.code || ' ' || p.number || ' ' || t.unit_cost || ' ' || t.currency || ' ' || t.lead_time_days || ' days, from ' || coalesce(trim_scale(t.moq_quantity) || ' ' || u.code, 'one') || ', ' || trim_scale(t.reliability_score) || ' ' || trim_scale(t.ordering_cost) from supplier_parts t join suppliers s on s.id = t.supplier_id join parts p on p.id = t.part_id left join units u on u.id = t.moq_unit_id where t.deleted_at is null order by 1";
        Assert.Equal("KES 19020 4.8500 USD 21 days, from 500 lb, 0.92 100", await plan.ReadAsync(Price));
        var again = await plan.CheckAsync("material_suppliers", "material-suppliers.csv");
        Assert.Equal((0, 0, 1), (again.NewRows, again.ChangedRows, again.UnchangedRows));

        var more = await plan.Desk.ImportAsync("material_suppliers", "material_id,supplier_id,cost_per_unit,lead_time_days,moq,reliability_score,ordering_cost,holding_cost_rate\n19021,KES,2,14,,0.8,80,0.2\n");
        var general = await plan.Desk.UploadAsync("material_suppliers", "Supplier_ID,Supplier,Lead_time,MOQ,Type,Unit\nKES,Kesmira,30,200,,lb\n");
        await plan.Desk.MatchAsync(general, m => m with { Constants = new() { ["lead_unit"] = "days", ["unit"] = "lb" } });
        await plan.Desk.CheckAsync(general);
        await plan.Desk.CommitAsync(general);
        Assert.Equal("KES 19020 4.8500 USD 21 days, from 500 lb, 0.92 100\nKES 19021 2.0000 USD 14 days, from 200 lb, 0.8 80", await plan.ReadAsync(Price));
        await plan.Desk.UndoAsync(general);
        await plan.Desk.UndoAsync(more.Id);
        await plan.Desk.UndoAsync(run.Id);
        Assert.Equal("", await plan.ReadAsync(Price));
    }

    [Fact]
    public async Task A_class_is_found_by_code_or_name_and_one_that_is_not_there_is_told()
    {
        await using var plan = await PlanDesk.OpenAsync(database);
        var (yarns, code) = (Guid.CreateVersion7(), $"Y{Guid.CreateVersion7():N}"[..20]);
        await database.SqlAsync("insert into part_categories (id, code, name) values ($1, $2, $2 || ' yarns')", yarns, code);

        var run = await plan.Desk.CheckAsync("materials", $"Desc#,Class,UOM\n88001,{code},lb\n88002,{code} yarns,lb\n88003,No such class,lb\n88004,,lb\n");
        Assert.Equal("4: No category “No such class”", await plan.WrongAsync(run.Id));
        await plan.Desk.CommitAsync(run.Id);

        Assert.Equal($"88001 {code}\n88002 {code}\n88004 none", await plan.ReadAsync(
            "select p.number || ' ' || coalesce(c.code, 'none') from parts p left join part_categories c on c.id = p.category_id where p.number like '8800_' order by 1"));
    }

    private static async Task<(int, int, int)> CountAsync(PlanDesk plan)
    {
        var run = await plan.CheckAsync("materials", "materials.csv");
        return (run.NewRows, run.ChangedRows, run.UnchangedRows);
    }

    private static Task<string> SuppliersAsync(PlanDesk plan) => plan.ReadAsync("select s.code || ' ' || s.name || ' ' || coalesce(s.default_lead_time_days::text, 'none') || ' ' || s.is_active || ' ' || s.category from suppliers s order by 1");

    private static Task<string> MaterialsAsync(PlanDesk plan) => plan.ReadAsync(
        """
        select p.number || ' ' || p.name || ' ' || u.code || ' ' || coalesce(p.standard_cost::text, 'none') || ': ' || (select string_agg(e.value ->> 'name' || ' ' || (e.value ->> 'value'), ', ' order by e.ordinality) from jsonb_array_elements(p.specifications) with ordinality e)
        from parts p join units u on u.id = p.unit_id where p.number in ('19020', '19030', '19031') order by 1
        """);
}
