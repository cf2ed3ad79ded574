namespace Sourcing.Data.Common;

/// <summary>What a person is here for. A person may have several roles and then has the permissions of all of them.</summary>
public enum Role
{
    Admin,
    Buyer,
    Planner,
    SalesRep,
    SalesManager,
    Supplier,
    ChapterLeader,

    /// <summary>Belongs to a chapter without leading it: member, committee, visitor host or viewer, as their seat says.</summary>
    ChapterMember,
    Exporter,
    ReadOnly,
}
