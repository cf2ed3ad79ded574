namespace Sourcing.Data.Common;

/// <summary>One thing that somebody may do. Its name is also the name of the authorization policy.</summary>
public enum Permission
{
    PartsRead,
    PartsWrite,
    SuppliersRead,
    SuppliersWrite,
    RfqsRead,
    RfqsWrite,
    RfqsAward,
    RfqsApprove,

    /// <summary>Opens sealed bids, together with somebody else who may.</summary>
    RfqsOpen,
    OrdersRead,
    OrdersWrite,
    OrdersApprove,
    PlanningRead,

    /// <summary>Stock, bills of materials, forecasts, parameters, cycles and the files that planners bring.</summary>
    PlanningWrite,

    /// <summary>Accepts and rejects recommendations, and turns them into drafts of RFQs and orders.</summary>
    PlanningAccept,
    ImportsRun,

    /// <summary>Customers: for those who sell, their own and those of everybody below them; for those inside, all.</summary>
    CustomersRead,
    CustomersWrite,

    /// <summary>Notes and what comes next: one's own, and for reading those of everybody below.</summary>
    NotesUse,

    /// <summary>Representatives, teams, quotas, and who looks after which customer.</summary>
    SalesManage,

    /// <summary>Commissions: one's own and those of everybody below.</summary>
    CommissionsRead,

    /// <summary>Plans, runs, approval and payout of commissions.</summary>
    CommissionsManage,

    /// <summary>Chapters: what of each is told by one's seat there.</summary>
    ChaptersRead,

    /// <summary>Members, meetings, attendance and everybody's slips of the chapters that one leads.</summary>
    ChaptersWrite,

    /// <summary>Makes chapters and gives out seats anywhere.</summary>
    ChaptersManage,
    PortalUse,
    UsersManage,
    SettingsManage,
    HistoryRead,
    OperationsRead,
}

/// <summary>The one table that says which role may do what. Pages, services and navigation read it.</summary>
public static class Permissions
{
    private static readonly Permission[] ReadEverything =
        [Permission.PartsRead, Permission.SuppliersRead, Permission.RfqsRead, Permission.OrdersRead, Permission.PlanningRead, Permission.CustomersRead];

    private static readonly Dictionary<Role, HashSet<Permission>> Table = new()
    {
        [Role.Admin] = [.. Enum.GetValues<Permission>().Where(p => p != Permission.PortalUse)],
        [Role.Buyer] =
        [
            .. ReadEverything, Permission.PartsWrite, Permission.SuppliersWrite, Permission.RfqsWrite, Permission.RfqsAward,
            Permission.RfqsApprove, Permission.RfqsOpen, Permission.OrdersWrite, Permission.OrdersApprove, Permission.PlanningAccept, Permission.ImportsRun, Permission.HistoryRead,
        ],
        [Role.Planner] = [.. ReadEverything, Permission.PlanningWrite, Permission.PlanningAccept, Permission.ImportsRun, Permission.HistoryRead],
        [Role.ReadOnly] = [.. ReadEverything],
        [Role.SalesRep] = [Permission.PartsRead, Permission.CustomersRead, Permission.CustomersWrite, Permission.NotesUse, Permission.CommissionsRead],
        [Role.SalesManager] =
        [
            Permission.PartsRead, Permission.CustomersRead, Permission.CustomersWrite, Permission.NotesUse, Permission.SalesManage,
            Permission.CommissionsRead, Permission.CommissionsManage,
        ],
        [Role.Supplier] = [Permission.PortalUse],
        [Role.ChapterLeader] = [Permission.ChaptersRead, Permission.ChaptersWrite],
        [Role.ChapterMember] = [Permission.ChaptersRead],
        [Role.Exporter] = [],
    };

    /// <summary>The permissions of one role.</summary>
    public static IReadOnlySet<Permission> Of(Role role) => Table[role];

    /// <summary>Whether any of the roles has the permission.</summary>
    public static bool Allow(IEnumerable<Role> roles, Permission permission) => roles.Any(role => Table[role].Contains(permission));
}
