using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>The pages of those who sell, in both themes and widths.</summary>
public sealed class SalesWalkTests(App app) : PageWalk(app)
{
    private static readonly string[] Selling =
    [
        "/customers", "/customers/new", "/customers/{customer}", "/customers/{customer}/orders", "/customers/{customer}/rfqs", "/customers/{customer}/files", "/customers/{customer}/edit", "/sales/orders", "/sales/orders/{sold}", "/sales/requests/rfqs", "/sales/requests/rfqs/{for_customer}", "/customers/deleted",
        "/commissions", "/commissions/statement", "/commissions/statement?rep={rep}", "/commissions/review", "/commissions/plans", "/commissions/plans/new", "/commissions/plans/{plan}", "/commissions/{commission}",
        "/sales", "/sales?rep={rep}", "/sales/team", "/sales/team/{rep}", "/sales/requests", "/sales/requests?answered=true", "/sales/requests/{request}", "/sales/requests/new?customer={customer}",
    ];

    [Fact]
    public Task A_sales_manager_finds_every_page_in_order() => WalkAsync("katja.brandt@example.test", Selling);

    [Fact]
    public Task Those_inside_find_what_is_theirs_of_sales_in_order() => WalkAsync("mira.holsten@example.test", ["/customers", "/customers/{customer}", "/sales/requests", "/sales/requests/{request}"]);

    [Fact]
    public Task An_admin_merges_customers_on_a_page_in_order() => WalkAsync("sven.adarsson@example.test", ["/customers/merge?keep={customer}", "/customers/merge?{customers}", "/sales/team/{rep}"]);
}
