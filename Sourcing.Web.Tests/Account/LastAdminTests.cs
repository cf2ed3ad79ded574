using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Account;

/// <summary>On databases of their own, because others' admins would be in the way.</summary>
public sealed class LastAdminTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_admins_who_demote_or_switch_off_each_other_at_once_one_stays()
    {
        foreach (var round in Enumerable.Range(0, 10))
        {
            await database.SqlAsync("update users set disabled_at = null");
            await using var one = await database.AsAsync(Role.Admin);
            await using var two = await database.AsAsync(Role.Admin);
            await database.SqlAsync("delete from user_roles where user_id <> all ($1) and role_id = (select id from roles where name = 'Admin')", new[] { one.User.Id, two.User.Id });
            var outcomes = await Task.WhenAll(DemoteAsync(one, two.User.Id, round % 2 == 0), DemoteAsync(two, one.User.Id, round % 2 == 0));
            Assert.True(outcomes.Count(done => done) <= 1, "Both were demoted.");
            Assert.True(await AdminsAsync() >= 1);
        }
    }

    [Fact]
    public async Task The_last_admin_is_kept_even_from_hand_written_statements()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        await database.SqlAsync("update users set disabled_at = null where id = $1", admin.User.Id);
        await database.SqlAsync("delete from user_roles where user_id <> $1 and role_id = (select id from roles where name = 'Admin')", admin.User.Id);
        foreach (var statement in new[]
        {
            "delete from user_roles where user_id = $1", "update users set disabled_at = now() where id = $1",
            "update user_roles set role_id = (select id from roles where name <> 'Admin' limit 1) where user_id = $1",
        })
        {
            var fault = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.SqlAsync(statement, admin.User.Id));
            Assert.Contains("the last admin", fault.MessageText, StringComparison.Ordinal);
        }
    }

    private async Task<bool> DemoteAsync(TestScope admin, Guid other, bool off)
    {
        try
        {
            if (off)
            {
                await admin.Get<UserService>().DisableAsync(other, _ct);
                return true;
            }

            var details = await admin.Get<UserQueries>().DetailsAsync(other, _ct);
            await admin.Get<UserService>().SaveAsync(new() { Id = other, Stamp = details.Stamp, FullName = details.FullName, Roles = [Role.Buyer] }, _ct);
            return true;
        }
        catch (RefusedException)
        {
            // The last admin, or one whose session the other has just ended.
            return false;
        }
    }

    private Task<long> AdminsAsync() => database.ScalarAsync<long>(
        "select count(*) from user_roles ur join roles r on r.id = ur.role_id join users u on u.id = ur.user_id where r.name = 'Admin' and u.disabled_at is null");
}
