using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Operations;

public sealed class SavedViewTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_private_view_is_its_owners_and_a_shared_one_everybodys_who_may_see_the_list()
    {
        await using var owner = await database.AsAsync(Role.Buyer);
        var mine = await SaveAsync(owner, "suppliers", "Mine", "f.riskLevel=high", shared: false);
        var ours = await SaveAsync(owner, "suppliers", "Ours", "f.isActive=yes", shared: true);
        await using var other = await database.AsAsync(Role.Planner);

        Assert.Equal([(mine, true), (ours, true)], (await ViewsAsync(owner, "suppliers")).Select(v => (v.Id, v.Mine)));
        Assert.Equal([(ours, false)], (await ViewsAsync(other, "suppliers")).Select(v => (v.Id, v.Mine)));
        Assert.Empty(await ViewsAsync(other, "parts"));
    }

    [Fact]
    public async Task Saving_under_the_same_name_replaces_one_s_own_view_and_nobody_else_s()
    {
        await using var owner = await database.AsAsync(Role.Buyer);
        await using var other = await database.AsAsync(Role.Buyer);
        var first = await SaveAsync(owner, "orders", "Open", "f.status=issued", shared: true);
        var theirs = await SaveAsync(other, "orders", " Open ", "f.status=draft", shared: false);
        Assert.Equal(first, await SaveAsync(owner, "orders", "Open", "f.status=shipped", shared: true));

        Assert.Equal([(first, "f.status=shipped")], (await ViewsAsync(owner, "orders")).Select(v => (v.Id, v.Query)));
        Assert.Equal((theirs, "Open", "f.status=draft"), (await ViewsAsync(other, "orders")).Where(v => v.Mine).Select(v => (v.Id, v.Name, v.Query)).Single());
    }

    [Fact]
    public async Task Who_may_not_see_the_list_neither_saves_nor_reads_its_views_and_only_the_owner_deletes_one()
    {
        await using var owner = await database.AsAsync(Role.Buyer);
        var shared = await SaveAsync(owner, "rfqs", "Late", "f.status=open", shared: true);
        await using var sales = await database.AsAsync(Role.SalesRep);
        await Assert.ThrowsAsync<DeniedException>(() => SaveAsync(sales, "rfqs", "Late", "", shared: false));
        await Assert.ThrowsAsync<DeniedException>(() => ViewsAsync(sales, "rfqs"));
        await Assert.ThrowsAsync<MissingException>(() => SaveAsync(owner, "sessions", "All", "", shared: false));

        await using var planner = await database.AsAsync(Role.Planner);
        await Assert.ThrowsAsync<MissingException>(() => planner.Get<SavedViewService>().DeleteAsync(shared, _ct));
        Assert.Contains(await ViewsAsync(planner, "rfqs"), v => v.Id == shared);
        await owner.Get<SavedViewService>().DeleteAsync(shared, _ct);
        Assert.DoesNotContain(await ViewsAsync(planner, "rfqs"), v => v.Id == shared);
    }

    [Theory]
    [InlineData("", "The view needs a name.")]
    [InlineData("A name that goes on and on until nobody could read it in a tab any more", "longer than 60")]
    public async Task A_name_that_no_tab_can_carry_is_refused_in_words(string name, string words)
    {
        await using var owner = await database.AsAsync(Role.Buyer);
        var refusal = await Assert.ThrowsAnyAsync<RefusedException>(() => SaveAsync(owner, "parts", name, "", shared: false));
        Assert.Contains(refusal.Errors, e => e.Message.Contains(words, StringComparison.Ordinal));
    }

    private Task<Guid> SaveAsync(TestScope scope, string list, string name, string query, bool shared) =>
        scope.Get<SavedViewService>().SaveAsync(new() { List = list, Name = name, Query = query, IsShared = shared }, _ct);

    private Task<IReadOnlyList<SavedViewRow>> ViewsAsync(TestScope scope, string list) => scope.Get<SavedViewQueries>().ForListAsync(list, _ct);
}
